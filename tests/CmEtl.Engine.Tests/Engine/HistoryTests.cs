namespace CmEtl.Engine.Tests.Engine;

/// <summary>What is removed from the ledger's history, and what must be kept.</summary>
[Collection(EngineTestGroup.Name)]
public sealed class HistoryTests(EngineServer server)
{
    private const string Bounds = "EXISTS (SELECT FROM cm_etl.chunk AS c WHERE c.run_id = r.run_id AND (c.from_ssn <> '' OR c.to_ssn <> '' OR c.visits IS NOT NULL))";

    [Fact]
    public async Task A_completed_run_removes_the_bounds_of_the_runs_before_it()
    {
        await using var database = await server.CopyAsync();
        var first = await database.CompleteAsync();
        Assert.True(await HasBoundsAsync(database, first));

        var second = await database.CompleteAsync();

        Assert.False(await HasBoundsAsync(database, first));
        Assert.True(await HasBoundsAsync(database, second));
        Assert.Equal(first.RunId, await database.ReadAsync<string>("SELECT run_id FROM cm_etl.run WHERE bounds_cleared_at IS NOT NULL"));
    }

    [Fact]
    public async Task The_run_that_delta_compares_with_keeps_its_bounds()
    {
        await using var database = await server.CopyAsync();
        var delta = await database.CompleteAsync(change: Delta);
        await database.CompleteAsync();
        await database.CompleteAsync();
        Assert.True(await HasBoundsAsync(database, delta));

        var next = await database.CompleteAsync(change: Delta);

        Assert.Equal(delta.RunId, next.DeltaOf);
        Assert.False(await HasBoundsAsync(database, delta));
    }

    [Fact]
    public async Task A_run_that_can_be_resumed_keeps_its_bounds_and_is_not_deleted()
    {
        await using var database = await server.CopyAfterRunAsync();
        var stopped = await database.Engine().BeginAsync(new StartRequest { New = true }, default);
        await database.Engine().RunTask01Async(stopped.RunId, default);
        await database.Engine().PlanAsync(stopped.RunId, default);
        await database.ExecuteAsync("UPDATE cm_etl.run SET state = 'stopped', finished_at = clock_timestamp() WHERE state = 'running'");

        var cleared = await database.Engine().ClearHistoryAsync(TimeSpan.Zero, preview: false, default);

        Assert.Equal(0, cleared.Runs);
        Assert.True(await HasBoundsAsync(database, stopped));
        Assert.Equal(stopped.RunId, (await database.CompleteAsync()).RunId);
    }

    [Fact]
    public async Task Old_runs_are_deleted_at_the_end_of_a_run_and_the_newest_ten_stay()
    {
        await using var database = await server.CopyAfterRunAsync();
        await database.ExecuteAsync("""
            INSERT INTO cm_etl.run (run_id, conflict_schema, state, phase, mark_mode, window_from, window_to, time_zone, settings_hash, sql_hash, lease_until,
                                    started_at, finished_at, planned_at, number)
            SELECT 'old-' || n, 'conflict', 'completed', 'chunked', 'twophase', current_date, current_date, 'UTC', '', '', now(),
                   now() - interval '500 days', now() - interval '500 days', now(), -n
              FROM generate_series(1, 15) AS n;
            INSERT INTO cm_etl.event (run_id, kind) SELECT run_id, 'run completed' FROM cm_etl.run WHERE run_id LIKE 'old-%'
            """);
        Assert.Equal(new HistoryCleared(6, 0, 6, 9),
            await database.Engine().ClearHistoryAsync(TimeSpan.FromDays(400), preview: true, default));
        Assert.Equal(16, await database.ReadAsync<long>("SELECT count(*) FROM cm_etl.run"));

        await database.CompleteAsync();

        // Two runs of this test and eight old ones.
        Assert.Equal(10, await database.ReadAsync<long>("SELECT count(*) FROM cm_etl.run"));
        Assert.Equal(8, await database.ReadAsync<long>("SELECT count(*) FROM cm_etl.event WHERE run_id LIKE 'old-%'"));
        Assert.StartsWith("7 runs, 0 chunks and 7 events deleted: history_days 400", await database.ReadAsync<string>("SELECT reason FROM cm_etl.event WHERE kind = 'history cleared'"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_may_not_delete_completes_its_run()
    {
        await using var database = await server.CopyAfterRunAsync();
        await database.ExecuteAsync($"REVOKE DELETE ON cm_etl.run, cm_etl.event FROM {database.Settings.User}");

        await database.CompleteAsync();

        Assert.Contains(database.Log.Lines, l => l.Contains("Old history could not be removed from the ledger", StringComparison.Ordinal));
    }

    private static EtlSettings Delta(EtlSettings settings) => settings with { Delta = true, MarkMode = MarkMode.SinglePass };

    private static Task<bool> HasBoundsAsync(EngineDatabase database, EtlStatus run) =>
        database.ReadAsync<bool>($"SELECT {Bounds} FROM cm_etl.run AS r WHERE r.run_id = '{run.RunId}'");
}
