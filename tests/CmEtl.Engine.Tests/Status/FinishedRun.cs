using CmEtl.Sandbox;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace CmEtl.Engine.Tests.Status;

/// <summary>
/// A sandbox after two runs with many chunks. The first moves rows whose visit has another date or caregiver. After the second, every row
/// is still in the chunk that counted it, so the table can be compared with the ledger row by row.
/// </summary>
public sealed class FinishedRun : IAsyncLifetime
{
    private PostgresSandbox? _sandbox;
    private EtlStatus? _status;

    public PostgresSandbox Sandbox => _sandbox!;

    public EtlStatus Status => _status!;

    public async Task InitializeAsync()
    {
        _sandbox = await PostgresSandbox.StartAsync(new SandboxOptions { Visits = 3_000 }, null, CancellationToken.None);
        var settings = new EtlSettings
        {
            Host = Sandbox.Host, Port = Sandbox.Port, Database = Sandbox.Database, User = Sandbox.User, Password = Sandbox.Password,
            TargetChunkSize = 150, MaxConcurrency = 2,
        };
        await using var engine = new EtlEngine(settings, NullLoggerFactory.Instance);
        await engine.InitializeAsync(indexes: true, CancellationToken.None);
        await engine.RunAsync(new StartRequest(), null, CancellationToken.None);
        _status = await engine.RunAsync(new StartRequest { New = true }, null, CancellationToken.None);
        Assert.Equal(RunState.Completed, _status.State);
    }

    public async Task DisposeAsync()
    {
        if (_sandbox is not null)
        {
            await _sandbox.DisposeAsync();
        }
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(
            $"Host={Sandbox.Host};Port={Sandbox.Port};Database={Sandbox.Database};Username={Sandbox.User};Password={Sandbox.Password};Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
