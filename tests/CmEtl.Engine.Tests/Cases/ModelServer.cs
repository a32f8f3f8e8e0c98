using CmEtl.Sandbox;
using Npgsql;

namespace CmEtl.Engine.Tests.Cases;

/// <summary>One server for the tests that compare the engine with the model. Each test or fixture works in a database of its own.</summary>
public sealed class ModelServer : IAsyncLifetime
{
    private readonly HashSet<int> generated = [0];
    private PostgresSandbox sandbox = null!;
    private int databases;

    public async Task InitializeAsync() =>
        sandbox = await PostgresSandbox.StartAsync(new SandboxOptions { Visits = 0 }, null, CancellationToken.None);

    public async Task DisposeAsync() => await sandbox.DisposeAsync();

    /// <summary>A new database with this number of visits, or only with the empty tables.</summary>
    public async Task<SandboxDatabase> CreateAsync(int visits = 0)
    {
        var template = visits == 0 ? sandbox.Database : $"visits_{visits}";
        if (generated.Add(visits))
        {
            await ExecuteAsync($"CREATE DATABASE {template} TEMPLATE {sandbox.Database}");
            await using var first = await ConnectAsync(template);
            await SandboxSql.GenerateAsync(first, visits, seed: 1, null, CancellationToken.None);
        }

        var name = $"model_{++databases}";
        await ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {template}");
        return new SandboxDatabase(await ConnectAsync(name), () => ExecuteAsync($"DROP DATABASE {name} WITH (FORCE)"));
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = await ConnectAsync("postgres");
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<NpgsqlConnection> ConnectAsync(string database)
    {
        var target = new NpgsqlConnectionStringBuilder
        {
            Host = sandbox.Host, Port = sandbox.Port, Database = database, Username = sandbox.User, Password = sandbox.Password, Timezone = "UTC",
            PersistSecurityInfo = true, Pooling = false,
        };
        var connection = new NpgsqlConnection(target.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }
}
