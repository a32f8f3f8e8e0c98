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

        Assert.Equal(RunState.Running, (await running.WaitAsync(TimeSpan.FromSeconds(60))).State);
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

    private static async Task UntilLoggedAsync(EngineDatabase database, string text)
    {
        for (var i = 0; i < 1_500 && !database.Log.Lines.Any(l => l.Contains(text, StringComparison.Ordinal)); i++)
        {
            await Task.Delay(20);
        }

        Assert.Contains(database.Log.Lines, l => l.Contains(text, StringComparison.Ordinal));
    }
}
