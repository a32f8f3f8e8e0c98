namespace CmEtl.Engine.Tests.Engine;

/// <summary>A timeout that is not caused by the rows splits the chunks a few times, and not down to single rows.</summary>
[Collection(EngineTestGroup.Name)]
public sealed class SplitLimitTests(EngineServer server)
{
    [Fact]
    public async Task A_cause_that_no_split_helps_fails_the_chunks_with_the_reason()
    {
        await using var database = await server.CopyAsync();
        await SlowAsync(database, "30");

        var failed =
            await database.RunAsync(change: s => s with { ChunkTimeoutSeconds = 1, MaxConcurrency = 8, MarkMode = MarkMode.SinglePass });

        Assert.Equal(RunState.Failed, failed.State);
        Assert.Contains("earlier splits of this run did not help", failed.Reason, StringComparison.Ordinal);
        Assert.Equal(20, await database.ReadAsync<long>("SELECT count(*) FROM cm_etl.event WHERE kind = 'chunk split'"));
        await database.ExecuteAsync("DROP FUNCTION public.slow() CASCADE");
        Assert.Equal(failed.RunId, (await database.CompleteAsync(change: s => s with { MarkMode = MarkMode.SinglePass })).RunId);
    }

    [Fact]
    public async Task A_statement_that_an_administrator_cancels_is_tried_again_and_not_split()
    {
        await using var database = await server.CopyAsync();
        Task<EtlStatus> running;
        await using (await UpdateGate.CloseAsync(database))
        {
            running = database.RunAsync(change: s => s with { MaxConcurrency = 1 });
            await database.UntilAsync(UpdateGate.Waiting);
            await database.ExecuteAsync("SELECT pg_cancel_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted");
            await database.UntilAsync("SELECT EXISTS (SELECT FROM cm_etl.event WHERE kind = 'chunk attempt ended' AND reason LIKE '%administrator canceled%')");
        }

        Assert.Equal((RunState.Completed, ""), ((await running).State, (await running).Reason));
        Assert.Equal(0, await database.ReadAsync<long>("SELECT count(*) FROM cm_etl.event WHERE kind = 'chunk split'"));
    }

    [Fact]
    public async Task A_chunk_that_uses_up_a_functions_time_is_split()
    {
        await using var database = await server.CopyAsync();
        var engine = database.Engine();
        await engine.BeginAsync(new StartRequest { RunId = "tonight" }, CancellationToken.None);
        var planned = await engine.PlanAsync("tonight", CancellationToken.None);
        await using (await UpdateGate.CloseAsync(database))
        {
            using var time = new CancellationTokenSource();
            var chunk = engine.ProcessChunkAsync("tonight", 0, time.Token, new ChunkDeadline(TimeSpan.Zero, time.Token));
            await database.UntilAsync(UpdateGate.Waiting);
            await time.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => chunk);
        }

        var chunks = await engine.GetChunksAsync("tonight", CancellationToken.None);
        Assert.Equal(planned.Count + 1, chunks.Count);
        Assert.Equal(2, await database.ReadAsync<long>("SELECT count(*) FROM cm_etl.chunk WHERE splits = 1"));
        Assert.Equal(0, (await engine.ProcessChunkAsync("tonight", 0, CancellationToken.None)).ChunkId);
    }

    private static Task<int> SlowAsync(EngineDatabase database, string seconds) => database.ExecuteAsync(
        $"""
        CREATE FUNCTION public.slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep({seconds}); RETURN NULL; END';
        CREATE TRIGGER slow BEFORE UPDATE OF "UpdatedDate" ON conflict.conflictvisitmaps FOR EACH STATEMENT EXECUTE FUNCTION public.slow();
        """);
}
