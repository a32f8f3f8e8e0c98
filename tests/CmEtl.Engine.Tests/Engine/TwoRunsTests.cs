namespace CmEtl.Engine.Tests.Engine;

/// <summary>Only one run at a time, and a run whose process died is resumed.</summary>
[Collection(EngineTestGroup.Name)]
public sealed class TwoRunsTests(EngineServer server)
{
    [Fact]
    public async Task A_second_start_is_refused_by_name_while_the_first_works()
    {
        await using var database = await server.CopyAsync();
        Task<EtlStatus> first;
        await using (await UpdateGate.CloseAsync(database))
        {
            first = database.RunAsync();
            await database.UntilAsync(UpdateGate.Waiting);
            foreach (var request in new[] { new StartRequest(), new StartRequest { New = true }, new StartRequest { RunId = "other" } })
            {
                var error = await Assert.ThrowsAsync<CmEtlException>(() => database.RunAsync(request));
                var active = await database.ReadAsync<string>("SELECT run_id FROM cm_etl.run");
                Assert.Equal((ErrorKind.Busy, "RunActive", active), (error.Kind, error.ErrorId, error.Subject));
                Assert.Contains(active, error.Message, StringComparison.Ordinal);
            }
        }

        Assert.Equal(RunState.Completed, (await first).State);
    }

    [Fact]
    public async Task Of_eight_starts_at_the_same_moment_exactly_one_begins()
    {
        await using var database = await server.CopyAsync();
        List<Task<EtlStatus>> starts;
        await using (await UpdateGate.CloseAsync(database))
        {
            starts = [.. Enumerable.Range(0, 8).Select(_ => Task.Run(() => database.RunAsync()))];
            await database.UntilAsync(UpdateGate.Waiting);
            while (starts.Count(s => s.IsFaulted) < 7)
            {
                Assert.DoesNotContain(starts, s => s.IsCompletedSuccessfully);
                await Task.Delay(20);
            }
        }

        var outcomes =
            await Task.WhenAll(starts.Select(async s => (await Record.ExceptionAsync(() => s) as CmEtlException)?.ErrorId ?? "began"));
        Assert.Equal((1, 7), (outcomes.Count(o => o == "began"), outcomes.Count(o => o == "RunActive")));
        Assert.Equal(1, await database.ReadAsync<long>("SELECT count(*) FROM cm_etl.run WHERE state = 'completed'"));
    }

    [Fact]
    public async Task A_start_takes_up_a_run_whose_orchestrator_and_worker_died()
    {
        await using var database = await server.CopyAsync();
        await BadRow.PlantAsync(database, "true");
        var dead = await database.RunAsync();
        await BadRow.RemoveAsync(database);
        // The state that a killed machine leaves behind.
        await database.ExecuteAsync(
            """
            UPDATE cm_etl.run SET state = 'running', reason = '', finished_at = NULL, lease_until = clock_timestamp() - interval '1 minute';
            UPDATE cm_etl.chunk SET state = 'processing', failures = 0, backend_pid = 1, lease_until = clock_timestamp() - interval '1 minute' WHERE state = 'failed';
            """);
        var status = await database.Engine().GetStatusAsync(null, CancellationToken.None);
        Assert.True(status.ChunksStuck > 0);
        Assert.Contains("no process works on it", status.Reason, StringComparison.Ordinal);
        var resumed = await database.CompleteAsync();
        Assert.Equal(dead.RunId, resumed.RunId);
        Assert.Equal("run resumed", await database.ReadAsync<string>("SELECT kind FROM cm_etl.event WHERE kind LIKE 'run re%'"));
    }

    [Fact]
    public async Task An_orchestrator_that_lost_its_run_stops_and_changes_nothing_more()
    {
        await using var database = await server.CopyAsync();
        EtlStatus lost;
        await using (await UpdateGate.CloseAsync(database))
        {
            var first = database.RunAsync(change: s => s with { LeaseSeconds = 2 });
            await database.UntilAsync(UpdateGate.Waiting);
            // Another start has resumed the run and died.
            await database.ExecuteAsync("UPDATE cm_etl.run SET attempt = attempt + 1, lease_until = clock_timestamp() - interval '1 minute'");
            lost = await first.WaitAsync(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(RunState.Running, lost.State);
        Assert.Equal(0, await database.ReadAsync<long>("SELECT count(*) FROM cm_etl.event WHERE kind IN ('run stopped', 'run failed')"));
        Assert.Equal(lost.RunId, (await database.CompleteAsync()).RunId);
    }

    [Fact]
    public async Task Two_starts_with_the_same_id_work_on_one_run()
    {
        await using var database = await server.CopyAsync();
        Task<EtlStatus> first, second;
        await using (await UpdateGate.CloseAsync(database))
        {
            first = database.RunAsync(new StartRequest { RunId = "tonight" });
            await database.UntilAsync(UpdateGate.Waiting);
            second = database.RunAsync(new StartRequest { RunId = "tonight" });
            await database.UntilAsync("SELECT count(DISTINCT worker) > 2 OR count(*) FILTER (WHERE state = 'processing') > 2 FROM cm_etl.chunk");
        }

        Assert.Equal((RunState.Completed, RunState.Completed), ((await first).State, (await second).State));
        Assert.Equal(1, await database.ReadAsync<long>("SELECT count(*) FROM cm_etl.run"));
        Assert.Equal(1, await database.ReadAsync<int>("SELECT max(attempt) FROM cm_etl.chunk"));
    }

    [Fact]
    public async Task A_finished_run_is_not_started_again_under_its_id()
    {
        await using var database = await server.CopyAsync();
        await database.CompleteAsync(new StartRequest { RunId = "tonight" });
        var error = await Assert.ThrowsAsync<CmEtlException>(() => database.RunAsync(new StartRequest { RunId = "tonight" }));
        Assert.Equal((ErrorKind.Permanent, "RunFinished"), (error.Kind, error.ErrorId));
    }
}
