using Npgsql;

namespace CmEtl.Engine.Tests.Engine;

/// <summary>A run that disturbs other sessions backs off, says why, and continues.</summary>
[Collection(EngineTestGroup.Name)]
public sealed class PressureTests(EngineServer server)
{
    private static readonly PressureSample Calm = new(100, 0, 0, 0, 50);

    [Fact]
    public void Each_signal_has_its_limit_and_its_reason()
    {
        Assert.Null(new LockWaitSignal(2).Reason(Calm, Calm with { LockWaitSeconds = 2 }));
        Assert.Contains("3 s", new LockWaitSignal(2).Reason(Calm, Calm with { LockWaitSeconds = 3 }), StringComparison.Ordinal);
        Assert.Null(new ReplicaLagSignal(10).Reason(Calm, Calm with { ReplicaLagBytes = 10 * Megabytes.Bytes }));
        Assert.Contains("11 MB behind", new ReplicaLagSignal(10).Reason(Calm, Calm with { ReplicaLagBytes = 11 * Megabytes.Bytes }),
            StringComparison.Ordinal);
        var later = Calm with { At = 102, WalBytes = 60 * Megabytes.Bytes };
        Assert.Null(new WalRateSignal(30).Reason(Calm, later));
        Assert.Null(new WalRateSignal(0).Reason(Calm, later));
        Assert.Contains("30 MB of WAL", new WalRateSignal(29).Reason(Calm, later), StringComparison.Ordinal);
        Assert.Null(new ConnectionSignal(50).Reason(Calm, Calm));
        Assert.Contains("only 50", new ConnectionSignal(51).Reason(Calm, Calm), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_that_waits_for_the_run_makes_it_back_off_and_the_status_says_so()
    {
        await using var database = await server.CopyAsync();
        await using var application = await database.ConnectAsync();
        Task<EtlStatus> running;
        Task<int> waiting;
        await using (await UpdateGate.CloseAsync(database))
        {
            running = database.RunAsync(change: Watchful);
            await database.UntilAsync(UpdateGate.Waiting);
            await using var command = new NpgsqlCommand("BEGIN; LOCK TABLE conflict.conflictvisitmaps IN EXCLUSIVE MODE", application);
            waiting = command.ExecuteNonQueryAsync();
            await database.UntilAsync("EXISTS (SELECT FROM cm_etl.run WHERE reason LIKE 'backing off to 1 of 4 workers: other sessions have waited for its locks%')");
            Assert.Contains("backing off", (await database.Engine().GetStatusAsync(null, CancellationToken.None)).Reason, StringComparison.Ordinal);
            await CancelAsync(database);
            await Assert.ThrowsAnyAsync<Exception>(() => waiting);
        }

        Assert.Equal((RunState.Completed, ""), ((await running).State, (await running).Reason));
    }

    [Fact]
    public async Task Under_pressure_that_does_not_end_the_run_still_ends()
    {
        await using var database = await server.CopyAsync();

        var status = await database.RunAsync(change: s => Watchful(s) with { MinFreeConnections = 10_000 });

        Assert.Equal((RunState.Completed, ""), (status.State, status.Reason));
        Assert.Contains(database.Log.Lines, l => l.Contains("connections are free", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_can_be_switched_off()
    {
        await using var database = await server.CopyAsync();

        await database.CompleteAsync(change: s => Watchful(s) with { MinFreeConnections = 10_000, BackOff = false });

        Assert.DoesNotContain(database.Log.Lines, l => l.Contains("backing off", StringComparison.Ordinal));
    }

    private static EtlSettings Watchful(EtlSettings settings) =>
        settings with { PressureIntervalSeconds = 0.1, MaxLockWaitSeconds = 0.2, MaxConcurrency = 4 };

    private static Task<int> CancelAsync(EngineDatabase database) => database.ExecuteAsync(
        "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE query LIKE '%LOCK TABLE%' AND pid <> pg_backend_pid()");
}
