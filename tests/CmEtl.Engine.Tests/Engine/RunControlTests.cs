namespace CmEtl.Engine.Tests.Engine;

/// <summary>Requests to a running run from another process: suspend it, use more or fewer workers, stop at a certain time.</summary>
[Collection(EngineTestGroup.Name)]
public sealed class RunControlTests(EngineServer server)
{
    private static readonly string Me = $"{Environment.UserName} on {Environment.MachineName} (role {EngineServer.Worker})";

    [Fact]
    public async Task A_suspended_run_starts_no_chunk_and_continues_when_it_is_resumed()
    {
        await using var database = await server.CopyAsync();
        Task<EtlStatus> running;
        EtlStatus suspended;
        await using (await UpdateGate.CloseAsync(database))
        {
            running = database.RunAsync();
            await database.UntilAsync(UpdateGate.Waiting);
            suspended = await database.Engine().SuspendAsync(null, "backup", CancellationToken.None);
            Assert.StartsWith("suspended since ", suspended.Reason, StringComparison.Ordinal);
            Assert.Contains($"by {Me}: backup", suspended.Reason, StringComparison.Ordinal);
            Assert.NotNull(suspended.SuspendedAt);
        }

        await database.UntilAsync("SELECT count(*) = 0 FROM cm_etl.chunk WHERE state = 'processing'");
        await database.UntilSaidAsync("is suspended");
        Assert.Null((await database.Engine().GetStatusAsync(null, CancellationToken.None)).Eta);
        var done = await DoneAsync(database);
        await Task.Delay(TimeSpan.FromSeconds(1.5));
        Assert.Equal(done, await DoneAsync(database));
        Assert.False(running.IsCompleted);
        // The workers have closed their connections.
        Assert.Equal(0, await database.ReadAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'cm_etl' AND state = 'idle in transaction'"));

        await database.Engine().ContinueAsync(null, CancellationToken.None);
        (await running).AssertCompleted();
        Assert.Equal(
            "run suspended,run continued",
            await database.ReadAsync<string>("SELECT string_agg(kind, ',' ORDER BY event_id) FROM cm_etl.event WHERE kind IN ('run suspended', 'run continued')"));
    }

    [Fact]
    public async Task A_suspended_run_can_be_stopped()
    {
        await using var database = await server.CopyAsync();
        Task<EtlStatus> running;
        await using (await UpdateGate.CloseAsync(database))
        {
            running = database.RunAsync();
            await database.UntilAsync(UpdateGate.Waiting);
            await database.Engine().SuspendAsync(null, "", CancellationToken.None);
        }

        await database.UntilSaidAsync("is suspended");
        await database.Engine().StopAsync(null, abandon: false, force: false, "enough", CancellationToken.None);
        var stopped = await running;
        Assert.Equal(RunState.Stopped, stopped.State);
        Assert.StartsWith($"stopped by {Me}: enough; ", stopped.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_is_over_cannot_be_suspended_or_changed()
    {
        await using var database = await server.CopyAfterRunAsync();
        foreach (var change in (Func<EtlEngine, Task>[])[
            e => e.SuspendAsync(null, "", CancellationToken.None), e => e.ContinueAsync(null, CancellationToken.None),
            e => e.SetRunAsync(null, 3, null, CancellationToken.None)])
        {
            var error = await Assert.ThrowsAsync<CmEtlException>(() => change(database.Engine()));
            Assert.Equal("RunNotRunning", error.ErrorId);
        }
    }

    [Fact]
    public async Task A_run_gets_more_workers_while_it_works()
    {
        await using var database = await server.CopyAsync();
        Task<EtlStatus> running;
        await using (await UpdateGate.CloseAsync(database))
        {
            running = database.RunAsync();
            await database.UntilAsync(Workers(2));
            var changed = await database.Engine().SetRunAsync(null, 4, null, CancellationToken.None);
            Assert.Equal(4, changed.MaxConcurrency);
            await database.UntilAsync(Workers(4));
        }

        (await running).AssertCompleted();
        Assert.Equal(4, await database.ReadAsync<long>("SELECT count(DISTINCT worker) FROM cm_etl.chunk"));
        Assert.StartsWith(
            $"{Environment.MachineName}/{Environment.ProcessId}-", await database.ReadAsync<string>("SELECT min(worker) FROM cm_etl.chunk"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_gets_fewer_workers_while_it_works()
    {
        await using var database = await server.CopyAsync();
        Task<EtlStatus> running;
        await using (await UpdateGate.CloseAsync(database))
        {
            running = database.RunAsync(null, s => s with { MaxConcurrency = 4 });
            await database.UntilAsync(Workers(4));
            await database.Engine().SetRunAsync(null, 1, null, CancellationToken.None);
            await database.UntilSaidAsync("works with up to 1 worker from now on");
            await database.ExecuteAsync("CREATE TABLE public.opened AS SELECT clock_timestamp() AS at");
        }

        (await running).AssertCompleted();
        Assert.Equal(
            1, await database.ReadAsync<long>("SELECT count(DISTINCT worker) FROM cm_etl.chunk WHERE started_at > (SELECT at FROM public.opened)"));
    }

    [Fact]
    public async Task A_run_whose_time_is_over_finishes_the_chunks_in_work_and_can_be_resumed()
    {
        await using var database = await server.CopyAsync();
        Task<EtlStatus> running;
        await using (await UpdateGate.CloseAsync(database))
        {
            running = database.RunAsync(null, s => s with { StopAfterMinutes = 60 });
            await database.UntilAsync(UpdateGate.Waiting);
            var limited = await database.Engine().GetStatusAsync(null, CancellationToken.None);
            Assert.InRange((limited.StopAt - limited.StartedAt)!.Value.TotalMinutes, 59, 60.1);
            await database.ExecuteAsync("UPDATE cm_etl.run SET stop_at = clock_timestamp()");
        }

        var over = await running;
        Assert.Equal((RunState.TimedOut, 0L), (over.State, over.ChunksProcessing));
        Assert.True(over.ChunksDone > 0 && over.ChunksPending > 0);
        Assert.StartsWith("time limit reached at ", over.Reason, StringComparison.Ordinal);
        Assert.Equal("RunTimedOut", RunEnd.ProblemOf(over)?.ErrorId);
        var resumed = await database.CompleteAsync();
        Assert.Equal((over.RunId, null), (resumed.RunId, resumed.StopAt));
    }

    [Fact]
    public async Task A_time_that_is_over_is_refused_before_anything_is_started()
    {
        await using var database = await server.CopyAsync();
        var error = await Assert.ThrowsAsync<CmEtlException>(() => database.RunAsync(null, s => s with { StopAt = "2020-01-01T06:00Z" }));
        Assert.Equal((ErrorKind.Configuration, "stop_at"), (error.Kind, error.Subject));
        Assert.Equal(0, await database.ReadAsync<long>("SELECT count(*) FROM cm_etl.run"));
    }

    [Theory]
    [InlineData("06:00Z", "2026-11-30T06:00:00Z")]
    [InlineData("23:30Z", "2026-11-29T23:30:00Z")]
    [InlineData("6:00+02:00", "2026-11-30T04:00:00Z")]
    [InlineData("01:00-05:00", "2026-11-30T06:00:00Z")]
    [InlineData("2026-12-01T06:00Z", "2026-12-01T06:00:00Z")]
    [InlineData("2026-12-01 06:00+01:00", "2026-12-01T05:00:00Z")]
    [InlineData("25:00", null)]
    [InlineData("6", null)]
    [InlineData("tomorrow", null)]
    [InlineData("06:00+99:00", null)]
    public void A_time_of_day_is_the_next_one(string text, string? moment)
    {
        var now = new DateTimeOffset(2026, 11, 29, 22, 0, 0, TimeSpan.Zero);
        Assert.Equal(moment is null ? null : DateTimeOffset.Parse(moment, null), StopTime.Next(text, now));
    }

    [Fact]
    public async Task A_run_ends_early_when_more_chunks_have_failed_than_its_budget_allows()
    {
        await using var database = await server.CopyAsync();
        await BadRow.PlantAsync(database, "true");
        var failed = await database.RunAsync(null, s => s with { MaxFailedChunksPercent = 10, MaxConcurrency = 1, RetryMaxAttempts = 0 });
        Assert.Equal(RunState.Failed, failed.State);
        Assert.Contains("more than max_failed_chunks_percent 10 allows", failed.Reason, StringComparison.Ordinal);
        Assert.True(failed.ChunksPending > failed.ChunksFailed, failed.ToString());
        Assert.Equal(1, await database.ReadAsync<long>("SELECT count(*) FROM cm_etl.event WHERE kind = 'failure budget spent'"));
        await BadRow.RemoveAsync(database);
        Assert.Equal(failed.RunId, (await database.CompleteAsync()).RunId);
    }

    [Fact]
    public async Task Workers_pause_between_two_chunks()
    {
        await using var database = await server.CopyAsync();
        await database.CompleteAsync(null, s => s with { ChunkDelaySeconds = 0.3, MaxConcurrency = 1, TargetChunkSize = 500 });
        var shortest = await database.ReadAsync<double>(
            """
            SELECT min(extract(epoch FROM gap))::double precision
              FROM (SELECT started_at - lag(finished_at) OVER (ORDER BY started_at) AS gap FROM cm_etl.chunk) AS g
            """);
        Assert.True(shortest >= 0.3, $"{shortest} s");
    }

    [Fact]
    public async Task A_start_waits_for_the_lease_of_a_process_that_is_gone_and_takes_its_run()
    {
        await using var database = await server.CopyAsync();
        await BadRow.PlantAsync(database, "true");
        var first = await database.RunAsync();
        await BadRow.RemoveAsync(database);
        await database.ExecuteAsync(
            "UPDATE cm_etl.run SET state = 'running', finished_at = NULL, reason = '', leader = 'process 4711 on elsewhere', lease_until = clock_timestamp() + interval '60 seconds'");
        var refused = await Assert.ThrowsAsync<CmEtlException>(() => database.RunAsync());
        Assert.Equal("RunActive", refused.ErrorId);
        Assert.Matches(@"process 4711 on elsewhere has led it since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC, and its lease is valid for another \d\d s", refused.Message);
        await database.ExecuteAsync("UPDATE cm_etl.run SET lease_until = clock_timestamp() + interval '3 seconds'");

        var waited = await database.CompleteAsync(new StartRequest { WaitForLease = true });
        Assert.Equal(first.RunId, waited.RunId);
        Assert.Equal($"process {Environment.ProcessId} on {Environment.MachineName}", waited.Leader);
    }

    [Fact]
    public async Task A_start_does_not_wait_for_a_running_process()
    {
        await using var database = await server.CopyAsync();
        Task<EtlStatus> running;
        await using (await UpdateGate.CloseAsync(database))
        {
            running = database.RunAsync(null, s => s with { LeaseSeconds = 6 });
            await database.UntilAsync(UpdateGate.Waiting);
            var error = await Assert.ThrowsAsync<CmEtlException>(() => database.RunAsync(new StartRequest { WaitForLease = true }));
            Assert.Equal("RunActive", error.ErrorId);
            Assert.Contains($"process {Environment.ProcessId} on {Environment.MachineName} has led it", error.Message, StringComparison.Ordinal);
        }

        (await running).AssertCompleted();
    }

    [Fact]
    public async Task Who_asked_for_a_stop_and_why_is_in_the_event_and_the_status_at_once()
    {
        await using var database = await server.CopyAsync();
        Task<EtlStatus> running;
        await using (await UpdateGate.CloseAsync(database))
        {
            running = database.RunAsync();
            await database.UntilAsync(UpdateGate.Waiting);
            var asked = await database.Engine().StopAsync(null, abandon: false, force: false, "maintenance", CancellationToken.None);
            Assert.Equal($"stop requested by {Me}: maintenance; chunks in progress are being finished", asked.Reason);
            Assert.Equal(
                $"{EngineServer.Worker}|{Environment.UserName} on {Environment.MachineName}: maintenance",
                await database.ReadAsync<string>("SELECT actor || '|' || reason FROM cm_etl.event WHERE kind = 'stop requested'"));
        }

        Assert.StartsWith($"stopped by {Me}: maintenance; ", (await running).Reason, StringComparison.Ordinal);
    }

    private static string Workers(int count) =>
        $"SELECT count(DISTINCT worker) >= {count} FROM cm_etl.chunk WHERE state = 'processing'";

    private static Task<long> DoneAsync(EngineDatabase database) =>
        database.ReadAsync<long>("SELECT count(*) FROM cm_etl.chunk WHERE state = 'done'");
}
