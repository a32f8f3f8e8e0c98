namespace CmEtl.Engine.Tests.Engine;

/// <summary>A run continues while any process works on it, and ends when none does.</summary>
[Collection(EngineTestGroup.Name)]
public sealed class LivenessTests(EngineServer server)
{
    [Fact]
    public async Task A_worker_that_leaves_hands_its_place_on()
    {
        await using var database = await server.CopyAsync();
        // The only worker that may work meets a server that is out of memory, and ends.
        await database.ExecuteAsync(
            """
            CREATE SEQUENCE public.updates; GRANT USAGE ON SEQUENCE public.updates TO PUBLIC;
            CREATE FUNCTION public.exhausted() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN IF nextval('public.updates') = 3 THEN RAISE EXCEPTION 'out of memory' USING ERRCODE = '53200'; END IF; RETURN NULL; END $$;
            CREATE TRIGGER exhausted BEFORE UPDATE OF "UpdatedDate" ON conflict.conflictvisitmaps FOR EACH STATEMENT EXECUTE FUNCTION public.exhausted();
            """);
        var status = await database.RunAsync(
            change: s => s with { MaxConcurrency = 4, PressureIntervalSeconds = 0.1, MinFreeConnections = 10_000 })
                .WaitAsync(TimeSpan.FromMinutes(2));

        Assert.Equal((RunState.Completed, ""), (status.State, status.Reason));
        Assert.Contains(database.Log.Lines, l => l.Contains("1 of 4 workers ended early", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_start_that_joins_before_the_plan_exists_waits_for_it_works_and_returns_the_result()
    {
        await using var database = await server.CopyAsync();
        await using var reader = await database.ConnectAsync();
        await using var reading = await reader.BeginTransactionAsync();
        await new Npgsql.NpgsqlCommand("SELECT 1 FROM conflict.conflictvisitmaps_temp LIMIT 1", reader).ExecuteScalarAsync();
        var leader = database.RunAsync(new StartRequest { RunId = "tonight" }, s => s with { LeaseSeconds = 3 });
        await database.UntilAsync("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)");
        var helper = database.RunAsync(new StartRequest { RunId = "tonight" }, s => s with { LeaseSeconds = 3 });
        await database.UntilAsync("SELECT lease_until < clock_timestamp() + interval '2 s' FROM cm_etl.run");
        Assert.False(helper.IsCompleted);
        await using (await UpdateGate.CloseAsync(database))
        {
            await reading.RollbackAsync();
            // Both have two workers.
            await database.UntilAsync("SELECT count(*) FILTER (WHERE state = 'processing') > 2 FROM cm_etl.chunk");
            Assert.False(helper.IsCompleted);
        }

        Assert.Equal((RunState.Completed, RunState.Completed), ((await leader).State, (await helper).State));
    }

    [Fact]
    public async Task A_start_that_has_joined_leads_the_run_when_its_leader_is_gone()
    {
        await using var database = await server.CopyAsync();
        var parts = new EngineInternals(database.Settings with { LeaseSeconds = 2 });
        await using var own = parts.Database;
        await parts.Runs.BeginAsync(new StartRequest { RunId = "tonight" }, CancellationToken.None);

        var status = await database.RunAsync(new StartRequest { RunId = "tonight" }).WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Equal((RunState.Completed, ""), (status.State, status.Reason));
        Assert.Equal(2, await database.ReadAsync<int>("SELECT attempt FROM cm_etl.run"));
    }

    [Fact]
    public async Task A_stop_that_the_lost_leader_did_not_see_is_not_lost()
    {
        await using var database = await server.CopyAsync();
        var parts = new EngineInternals(database.Settings with { LeaseSeconds = 3 });
        await using var own = parts.Database;
        await parts.Runs.BeginAsync(new StartRequest { RunId = "tonight" }, CancellationToken.None);
        var helper = database.RunAsync(new StartRequest { RunId = "tonight" });
        await database.Engine().StopAsync("tonight", abandon: false, force: false, "", CancellationToken.None);

        var status = await helper.WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(RunState.Stopped, status.State);
        Assert.Equal(2, await database.ReadAsync<decimal>("SELECT \"InProgressFlag\" FROM conflict.settings"));
    }

    [Fact]
    public async Task Steps_that_are_taken_twice_at_once_are_done_once()
    {
        await using var database = await server.CopyAsync();
        var engine = database.Engine();
        await engine.BeginAsync(new StartRequest { RunId = "tonight" }, CancellationToken.None);

        var results = await Task.WhenAll(Enumerable.Range(0, 4)
            .Select(_ => Task.Run(() => engine.RunTask01Async("tonight", CancellationToken.None))));
        var plans = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => engine.PlanAsync("tonight", CancellationToken.None))));

        Assert.Single(results, r => r is not null);
        Assert.All(plans, p => Assert.Equal(plans[0].Select(c => c.ChunkId), p.Select(c => c.ChunkId)));
        Assert.Equal(await database.ReadAsync<int>("SELECT planned_chunks FROM cm_etl.run"), (int)await database.ReadAsync<long>("SELECT count(*) FROM cm_etl.chunk"));
    }

    [Fact]
    public async Task Screens_stop_showing_the_refresh_when_a_step_fails_for_good()
    {
        await using var database = await server.CopyAsync();
        var engine = database.Engine();
        await engine.BeginAsync(new StartRequest { RunId = "tonight" }, CancellationToken.None);
        Assert.Equal(1, await database.ReadAsync<decimal>("SELECT \"InProgressFlag\" FROM conflict.settings"));
        await database.ExecuteAsync($"REVOKE TRUNCATE ON conflict.conflictvisitmaps_temp FROM {EngineServer.Worker}");

        await Assert.ThrowsAsync<CmEtlException>(() => engine.RunTask01Async("tonight", CancellationToken.None));

        Assert.Equal(2, await database.ReadAsync<decimal>("SELECT \"InProgressFlag\" FROM conflict.settings"));
        await database.ExecuteAsync($"GRANT TRUNCATE ON conflict.conflictvisitmaps_temp TO {EngineServer.Worker}");
        Assert.NotNull(await engine.RunTask01Async("tonight", CancellationToken.None));
    }

    [Fact]
    public async Task An_orchestrator_that_lost_its_run_neither_sets_nor_clears_the_flag_of_its_successor()
    {
        await using var database = await server.CopyAsync();
        var parts = new EngineInternals(database.Settings);
        await using var own = parts.Database;
        var old = (await parts.Runs.BeginAsync(new StartRequest { RunId = "tonight" }, CancellationToken.None)).Run;
        var task01 = new Task01(database.Settings, parts.Runs, own, parts.Sql, database.Log.CreateLogger("x"));
        await database.ExecuteAsync("UPDATE cm_etl.run SET attempt = attempt + 1; UPDATE conflict.settings SET \"InProgressFlag\" = 1");
        await task01.HideAsync(old, CancellationToken.None);
        Assert.Equal(1, await database.ReadAsync<decimal>("SELECT \"InProgressFlag\" FROM conflict.settings"));
        await database.ExecuteAsync("UPDATE cm_etl.run SET state = 'abandoned'; UPDATE conflict.settings SET \"InProgressFlag\" = 2");
        await task01.ShowAsync(old, CancellationToken.None);
        Assert.Equal(2, await database.ReadAsync<decimal>("SELECT \"InProgressFlag\" FROM conflict.settings"));
    }

    [Fact]
    public async Task The_distance_multiplier_belongs_to_the_run()
    {
        await using var database = await server.CopyAsync();
        var parts = new EngineInternals(database.Settings);
        await using var own = parts.Database;
        var before = await database.ReadAsync<decimal>("SELECT \"ExtraDistancePer\"::numeric FROM conflict.settings");
        await parts.Runs.BeginAsync(new StartRequest { RunId = "tonight" }, CancellationToken.None);
        await database.ExecuteAsync("UPDATE conflict.settings SET \"ExtraDistancePer\" = \"ExtraDistancePer\" + 1");

        var run = await parts.Runs.ReadAsync("tonight", CancellationToken.None);

        Assert.Equal((double)before, run.DistanceMultiplier);
        var statements = new ChunkStatements(database.Settings, own, parts.Sql);
        var bound = new ChunkBound(default, "", 0);
        var parameters = statements.Parameters(run, new ClaimedChunk(0, 1, 0, bound, bound, 0, 0, 0, 0), new PairsRelation(""));
        Assert.Contains(("distance_multiplier", (object?)(double)before), parameters);
    }
}
