namespace CmEtl.Engine.Tests.Engine;

/// <summary>Ending a run from outside.</summary>
[Collection(EngineTestGroup.Name)]
public sealed class StopTests(EngineServer server)
{
    [Fact]
    public async Task A_stop_lets_the_chunks_in_work_finish_and_leaves_the_rest_for_a_resume()
    {
        await using var database = await server.CopyAsync();
        Task<EtlStatus> running;
        await using (await UpdateGate.CloseAsync(database))
        {
            running = database.RunAsync();
            await database.UntilAsync(UpdateGate.Waiting);
            var asked = await StopAsync(database, abandon: false, force: false);
            Assert.Equal(RunState.Running, asked.State);
            Assert.Contains("stop requested", asked.Reason, StringComparison.Ordinal);
        }

        var stopped = await running;
        Assert.Equal((RunState.Stopped, 0L), (stopped.State, stopped.ChunksProcessing));
        Assert.True(stopped.ChunksDone > 0 && stopped.ChunksPending > 0);
        Assert.Contains("start again to resume", stopped.Reason, StringComparison.Ordinal);
        Assert.Equal(stopped.RunId, (await database.CompleteAsync()).RunId);
    }

    [Fact]
    public async Task A_stop_ends_a_run_without_a_process()
    {
        await using var database = await server.CopyAsync();
        await BadRow.PlantAsync(database, "true");
        await database.RunAsync();
        await database.ExecuteAsync(
            "UPDATE cm_etl.run SET state = 'running', finished_at = NULL, reason = '', lease_until = clock_timestamp() - interval '1 minute'");
        var stopped = await StopAsync(database, abandon: false, force: false);
        Assert.Equal(RunState.Stopped, stopped.State);
        Assert.EndsWith(": why not; no process was working on it; start again to resume", stopped.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_live_run_is_given_up_only_by_force_and_its_workers_are_fenced_off()
    {
        await using var database = await server.CopyAsync();
        Task<EtlStatus> running;
        await using (await UpdateGate.CloseAsync(database))
        {
            running = database.RunAsync();
            await database.UntilAsync(UpdateGate.Waiting);
            var error = await Assert.ThrowsAsync<CmEtlException>(() => StopAsync(database, abandon: true, force: false));
            Assert.Equal((ErrorKind.Busy, "RunActive"), (error.Kind, error.ErrorId));
            // The workers' transactions would last until the gate opens, so their sessions are ended.
            var abandoned = await StopAsync(database, abandon: true, force: true);
            Assert.Equal(RunState.Abandoned, abandoned.State);
            Assert.StartsWith($"abandoned by {Environment.UserName} on ", abandoned.Reason, StringComparison.Ordinal);
            Assert.EndsWith(": why not", abandoned.Reason, StringComparison.Ordinal);
        }

        Assert.Equal(RunState.Abandoned, (await running).State);
        await AssertGivenUpAsync(database);
    }

    [Fact]
    public async Task A_dead_run_is_given_up_and_its_marks_are_released()
    {
        await using var database = await server.CopyAsync();
        await BadRow.PlantAsync(database, "OLD.\"ID\" % 30 = 2");
        var failed = await database.RunAsync();
        Assert.True(failed.RowsLocked > 0);
        var abandoned = await StopAsync(database, abandon: true, force: false);
        Assert.Equal(RunState.Abandoned, abandoned.State);
        await AssertGivenUpAsync(database);
        var error = await Assert.ThrowsAsync<CmEtlException>(() => StopAsync(database, abandon: true, force: true));
        Assert.Equal("RunFinished", error.ErrorId);
    }

    private static async Task AssertGivenUpAsync(EngineDatabase database)
    {
        Assert.Equal(0, await database.ReadAsync<long>(
            $"""
            SELECT count(*) FROM cm_etl.chunk AS k JOIN conflict.conflictvisitmaps AS c ON c."UpdateFlag" = 1 AND {ChunkRange.Holds}
             WHERE k.state <> 'done' AND cardinality(k.mark_xids) > 0
            """));
        Assert.Equal(2, await database.ReadAsync<decimal>("SELECT \"InProgressFlag\" FROM conflict.settings"));
        var undone = await database.ReadAsync<int>("SELECT min(chunk_id) FROM cm_etl.chunk WHERE state <> 'done'");
        var error = await Assert.ThrowsAsync<CmEtlException>(() => database.Engine()
            .ProcessChunkAsync(null, undone, CancellationToken.None));
        Assert.Equal("RunFinished", error.ErrorId);
    }

    private static Task<EtlStatus> StopAsync(EngineDatabase database, bool abandon, bool force) =>
        database.Engine().StopAsync(null, abandon, force, "why not", CancellationToken.None);
}
