using CmEtl.Sandbox;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace CmEtl.Engine.Tests.Engine;

/// <summary>One server for all tests of the engine. Each test works in a copy of its database, so that none sees another's rows.</summary>
public sealed class EngineServer : IAsyncLifetime
{
    private const int Visits = 4_000;

    private PostgresSandbox sandbox = null!;
    private int copies;

    public async Task InitializeAsync()
    {
        sandbox = await PostgresSandbox.StartAsync(new SandboxOptions { Visits = Visits }, null, CancellationToken.None);
        await using var engine = new EtlEngine(Settings(sandbox.Database), NullLoggerFactory.Instance);
        await engine.InitializeAsync(indexes: true, CancellationToken.None);
    }

    public async Task DisposeAsync() => await sandbox.DisposeAsync();

    /// <summary>A new database with the same rows and an empty ledger.</summary>
    public async Task<EngineDatabase> CopyAsync()
    {
        var name = $"copy_{Interlocked.Increment(ref copies)}";
        await ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {sandbox.Database}");
        return await EngineDatabase.OpenAsync(Settings(name), () => ExecuteAsync($"DROP DATABASE {name} WITH (FORCE)"));
    }

    // Small chunks, two workers and no pause between attempts: the tests are about order, not about speed.
    private EtlSettings Settings(string database) => new()
    {
        Host = sandbox.Host, Port = sandbox.Port, Database = database, User = sandbox.User, Password = sandbox.Password,
        TargetChunkSize = 120, MaxConcurrency = 2, RetryIntervalSeconds = 0, RetryMaxAttempts = 1,
    };

    private async Task ExecuteAsync(string sql)
    {
        var target = new NpgsqlConnectionStringBuilder
        {
            Host = sandbox.Host, Port = sandbox.Port, Database = "postgres", Username = sandbox.User, Password = sandbox.Password, Pooling = false,
        };
        await using var connection = new NpgsqlConnection(target.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
