using Npgsql;

namespace CmEtl.Engine.Tests.Engine;

/// <summary>Every step of a run waits while the server is unavailable.</summary>
[Collection(EngineTestGroup.Name)]
public sealed class OutageTests(EngineServer server)
{
    private const string Workers = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'cm_etl'";

    [Fact]
    public async Task A_run_waits_for_the_server_and_completes()
    {
        await using var database = await server.CopyAsync();
        Task<EtlStatus> running;
        await using (await UpdateGate.CloseAsync(database))
        {
            running = database.RunAsync();
            await database.UntilAsync(UpdateGate.Waiting);
            await RefuseAsync(database);
            await UntilLoggedAsync(database, "waiting for the server for up to");
        }

        await AdmitAsync(database);

        Assert.Equal((RunState.Completed, ""), ((await running).State, (await running).Reason));
        Assert.Contains(database.Log.Lines, l => l.Contains("The server is available again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_command_on_a_connection_that_has_broken_before_is_an_outage()
    {
        await using var database = await server.CopyAsync();
        await using var session = await database.ConnectAsync();
        await database.ExecuteAsync($"SELECT pg_terminate_backend({session.ProcessID})");
        await using var command = new NpgsqlCommand("SELECT 1", session);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => command.ExecuteScalarAsync());

        var second = await Assert.ThrowsAsync<InvalidOperationException>(() => command.ExecuteScalarAsync());

        Assert.Equal((ErrorAction.RetryAfterLedgerCheck, ErrorClassifier.ConnectionLost), ErrorClassifier.Classify(second));
        Assert.Equal("Start: the connection to the server was lost.", ErrorClassifier.Wrap(second, "Start").Message);
    }

    [Fact]
    public async Task A_cancel_ends_the_wait_at_once()
    {
        await using var database = await server.CopyAsync();
        using var cancel = new CancellationTokenSource();
        Task<EtlStatus> running;
        await using (await UpdateGate.CloseAsync(database))
        {
            running = database.Engine().RunAsync(new StartRequest(), null, cancel.Token);
            await database.UntilAsync(UpdateGate.Waiting);
            await RefuseAsync(database);
            await UntilLoggedAsync(database, "waiting for the server for up to");
            await cancel.CancelAsync();
        }

        Assert.Equal(RunState.Running, (await running.WaitAsync(TimeSpan.FromMinutes(3))).State);
        await AdmitAsync(database);
        await database.ExecuteAsync("UPDATE cm_etl.run SET lease_until = clock_timestamp(); UPDATE cm_etl.chunk SET lease_until = clock_timestamp() WHERE state = 'processing'");
        Assert.Equal(RunState.Completed, (await database.CompleteAsync()).State);
    }

    [Fact]
    public async Task An_outage_that_lasts_longer_than_allowed_ends_the_run_with_the_reason()
    {
        await using var database = await server.CopyAsync();
        Task<EtlStatus> running;
        await using (await UpdateGate.CloseAsync(database))
        {
            running = database.RunAsync(change: s => s with { MaxOutageMinutes = 0 });
            await database.UntilAsync(UpdateGate.Waiting);
            await RefuseAsync(database);
            var unverified = await running;
            Assert.Equal((RunState.Running, false), (unverified.State, unverified.SweepSafe));
            Assert.Contains("max_outage_minutes", unverified.Reason, StringComparison.Ordinal);
        }

        await AdmitAsync(database);
    }

    [Fact]
    public async Task A_run_whose_server_is_read_only_says_what_it_waits_for_and_how_long()
    {
        await using var database = await server.CopyAsync();
        var shown = new Pictures();
        Task<EtlStatus> running;
        await using (await UpdateGate.CloseAsync(database))
        {
            running = database.Engine().RunAsync(new StartRequest(), shown, CancellationToken.None);
            await database.UntilAsync(UpdateGate.Waiting);
            await ReadOnlyAsync(database, "on");
            await UntilLoggedAsync(database, "waiting for the server for up to");
        }

        var so = 0;
        try
        {
            // Nobody can renew the lease now, so that to others the run looks abandoned.
            await database.ExecuteAsync("UPDATE cm_etl.run SET lease_until = clock_timestamp(); UPDATE cm_etl.chunk SET lease_until = clock_timestamp() WHERE state = 'processing'");
            so = shown.Count;
            await shown.UntilAsync(so + 3);
        }
        finally
        {
            await ReadOnlyAsync(database, "off");
        }

        Assert.Equal(RunState.Completed, (await running).State);
        Assert.All(shown.Since(so + 1).Take(2), s =>
        {
            Assert.Matches(@"^waiting for the server for up to \d\d:\d\d:\d\d \(max_outage_minutes \d+\): the server is read-only", s.Reason);
            Assert.Equal((null, null), (s.Eta, s.RowsPerSecond));
        });
    }

    [Fact]
    public async Task A_lock_on_the_snapshot_does_not_fail_Task_01()
    {
        await using var database = await server.CopyAsync();
        await using var reader = await database.ConnectAsync();
        await using var reading = await reader.BeginTransactionAsync();
        await new Npgsql.NpgsqlCommand("SELECT 1 FROM conflict.conflictvisitmaps_temp LIMIT 1", reader).ExecuteScalarAsync();

        var running = database.RunAsync(change: s => s with { LockTimeoutSeconds = 1, RetryIntervalSeconds = 0.1 });
        await UntilLoggedAsync(database, "Task 01: a lock could not be acquired in time");
        await reading.RollbackAsync();

        Assert.Equal((RunState.Completed, ""), ((await running).State, (await running).Reason));
    }

    [Fact]
    public async Task Idle_sessions_that_the_server_has_ended_are_opened_again_silently()
    {
        await using var database = await server.CopyAsync();
        var engine = database.Engine();
        await engine.BeginAsync(new StartRequest { RunId = "tonight" }, CancellationToken.None);
        await database.ExecuteAsync(Workers);

        var status = await engine.GetStatusAsync("tonight", CancellationToken.None);
        await database.ExecuteAsync(Workers);
        await engine.StopAsync("tonight", abandon: true, force: true, "", CancellationToken.None);

        Assert.Equal(RunState.Running, status.State);
    }

    // The role of the pipeline is not a superuser, so the connection limit applies to it and not to the test.
    private static async Task RefuseAsync(EngineDatabase database)
    {
        await LimitAsync(database, 0);
        await database.ExecuteAsync(Workers);
    }

    private static Task<int> AdmitAsync(EngineDatabase database) => LimitAsync(database, -1);

    private static Task<int> LimitAsync(EngineDatabase database, int connections) => database.ExecuteAsync(
        $"DO $$ BEGIN EXECUTE format('ALTER DATABASE %I CONNECTION LIMIT {connections}', current_database()); END $$");

    /// <summary>Of the whole server, which the tests of this group share; they run one after the other.</summary>
    private static async Task ReadOnlyAsync(EngineDatabase database, string value)
    {
        // This session goes on writing.
        await database.ExecuteAsync("SET default_transaction_read_only = off");
        await database.ExecuteAsync($"ALTER SYSTEM SET default_transaction_read_only = {value}");
        await database.ExecuteAsync("SELECT pg_reload_conf()");
        for (var seen = ""; seen != value; await Task.Delay(20))
        {
            await using var connection = await database.ConnectAsync();
            seen = (string)(await new Npgsql.NpgsqlCommand("SHOW default_transaction_read_only", connection).ExecuteScalarAsync())!;
        }

        await database.ExecuteAsync(Workers);
    }

    private static async Task UntilLoggedAsync(EngineDatabase database, string text)
    {
        for (var i = 0; i < 6_000 && !database.Log.Lines.Any(l => l.Contains(text, StringComparison.Ordinal)); i++)
        {
            await Task.Delay(20);
        }

        Assert.Contains(database.Log.Lines, l => l.Contains(text, StringComparison.Ordinal));
    }

    /// <summary>What a progress line was given.</summary>
    private sealed class Pictures : IProgress<EtlStatus>
    {
        private readonly List<EtlStatus> _all = [];

        public int Count
        {
            get
            {
                lock (_all)
                {
                    return _all.Count;
                }
            }
        }

        public void Report(EtlStatus value)
        {
            lock (_all)
            {
                _all.Add(value);
            }
        }

        public List<EtlStatus> Since(int first)
        {
            lock (_all)
            {
                return _all[first..];
            }
        }

        public async Task UntilAsync(int count)
        {
            for (var i = 0; i < 1_500 && Count < count; i++)
            {
                await Task.Delay(20);
            }
        }
    }
}
