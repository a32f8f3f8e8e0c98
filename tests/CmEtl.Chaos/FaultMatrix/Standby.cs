using CmEtl.Engine;
using CmEtl.Engine.Tests.Engine;
using CmEtl.Sandbox;
using Npgsql;

namespace CmEtl.Chaos.FaultMatrix;

/// <summary>A streaming standby of the tests' server.</summary>
internal sealed class Standby : IAsyncDisposable
{
    private readonly EngineDatabase _primary;
    private readonly SandboxFolder _folder;
    private readonly string? _slot;
    private NpgsqlConnection _connection = null!;

    private Standby(EngineDatabase primary, SandboxFolder folder, string? slot) => (_primary, _folder, _slot) = (primary, folder, slot);

    /// <param name="server">The primary server.</param>
    /// <param name="primary">A database on the primary.</param>
    /// <param name="slot">Name of its replication slot, or null for none.</param>
    public static async Task<Standby> StartAsync(EngineServer server, EngineDatabase primary, string? slot = null)
    {
        var programs = SandboxFolder.Open(Path.GetDirectoryName(server.LogFile)!)!.Programs();
        var folder = SandboxFolder.Create(null, programs);
        ExitCleaner.Add(folder.Root).SetResult();
        var standby = new Standby(primary, folder, slot);
        try
        {
            await standby.StartAsync(programs);
            return standby;
        }
        catch
        {
            await standby.DisposeAsync();
            throw;
        }
    }

    public Task PauseReplayAsync() => _connection.ExecuteAsync("SELECT pg_wal_replay_pause()", default);

    public Task ResumeReplayAsync() => _connection.ExecuteAsync("SELECT pg_wal_replay_resume()", default);

    /// <summary>Where the standby listens.</summary>
    public int Port { get; private set; }

    /// <summary>Ends the stream after everything written so far has been replayed, as if the network to the primary were lost.</summary>
    public async Task DisconnectAsync()
    {
        var written = await _primary.ReadAsync<string>("SELECT pg_current_wal_flush_lsn()::text");
        await _primary.UntilAsync($"EXISTS (SELECT FROM pg_stat_replication WHERE replay_lsn >= '{written}')");
        await _connection.ExecuteAsync("ALTER SYSTEM SET primary_conninfo = ''", default);
        await _connection.ExecuteAsync("SELECT pg_reload_conf()", default);
        await _primary.UntilAsync("NOT EXISTS (SELECT FROM pg_stat_replication)");
    }

    public Task PromoteAsync() => _connection.ExecuteAsync("SELECT pg_promote()", default);

    /// <returns>The process id of the WAL receiver.</returns>
    public async Task<int> ReceiverAsync() =>
        (await _connection.QueryAsync("SELECT pid FROM pg_stat_wal_receiver", r => r.GetInt32(0), default)).Single();

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }

        await PostgresSandbox.RemoveAsync(_folder.Root, default);
        if (_slot is not null)
        {
            await _primary.UntilAsync($"NOT EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = '{_slot}' AND active)");
            await _primary.ExecuteAsync($"SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = '{_slot}'");
        }
    }

    private async Task StartAsync(PostgresPrograms programs)
    {
        var owner = _primary.Owner;
        await ServerAccount.GiveAsync(_folder.Root);
        string[] slot = _slot is null ? [] : ["-C", "-S", _slot];
        var copy = await ToolRun.StartAsync(
            ServerAccount.Wrap(
            [
                BaseBackup.Program!, "-D", _folder.Data, "-R", "-c", "fast", "--no-sync", .. slot,
                "-d", $"host={owner.Host} port={owner.Port} user={owner.User} password={owner.Password}",
            ]),
            default);
        Assert.True(copy.ExitCode == 0, copy.Output);
        // Makes the standby report its position immediately, not only when there is something new to receive.
        await File.AppendAllTextAsync(Path.Combine(_folder.Data, "postgresql.conf"), "wal_receiver_status_interval = 1\n");
        var server = new SandboxServer(_folder, programs);
        await server.ListenAsync(default);
        Port = server.Port;
        _connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder
        {
            Host = SandboxServer.Host, Port = server.Port, Database = "postgres", Username = owner.User, Password = owner.Password, Pooling = false,
        }.ConnectionString);
        await _connection.OpenAsync();
        await _primary.UntilAsync("EXISTS (SELECT FROM pg_stat_replication WHERE state = 'streaming' AND replay_lsn IS NOT NULL)");
    }
}
