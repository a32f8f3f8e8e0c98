namespace CmEtl.Engine.Tests.Engine;

/// <summary>A chunk that is done stays done, and its rows are not read again.</summary>
[Collection(DeltaTestGroup.Name)]
public sealed class IdempotenceTests(EngineServer server)
{
    [Fact]
    public async Task A_done_chunk_is_skipped_without_a_look_at_the_table()
    {
        await using var database = await server.CopyAsync();
        // Here and not in a template, because the statistics of a table are not copied.
        await database.CompleteAsync();
        var before = await UseOfTableAsync(database);
        var engine = database.Engine();
        var chunk = (await engine.GetChunksAsync(null, CancellationToken.None)).MaxBy(c => c.RowsConfirmed)!;
        var result = await engine.ProcessChunkAsync(null, chunk.ChunkId, CancellationToken.None);
        Assert.True(result.Skipped);
        Assert.Equal((chunk.RowsConfirmed, chunk.RowsClaimed, 1), (result.RowsConfirmed, result.RowsClaimed, result.Attempt));
        Assert.Equal(before, await UseOfTableAsync(database));
    }

    [Fact]
    public async Task A_resumed_run_writes_no_row_that_was_confirmed_before()
    {
        await using var database = await server.CopyAsync();
        await BadRow.PlantAsync(database, "OLD.\"ID\" = 1 OR OLD.\"ID\" = 40");
        var failed = await database.RunAsync();
        Assert.Equal(RunState.Failed, failed.State);
        var ids = await database.ReadAsync<string>(
            "SELECT string_agg(\"ID\"::text, ',') FROM conflict.conflictvisitmaps, cm_etl.run WHERE \"UpdatedDate\" >= started_at AT TIME ZONE 'UTC'");
        var before = await TableHash.OfVersionsAsync(database, $"\"ID\" IN ({ids})");
        await BadRow.RemoveAsync(database);
        await database.CompleteAsync();
        Assert.Equal(before, await TableHash.OfVersionsAsync(database, $"\"ID\" IN ({ids})"));
    }

    [Fact]
    public async Task Starting_again_after_a_completed_run_is_a_new_run()
    {
        await using var database = await server.CopyAsync();
        var first = await database.CompleteAsync();
        var pairs = await TableHash.OfPairsAsync(database);
        var second = await database.CompleteAsync();
        Assert.NotEqual(first.RunId, second.RunId);
        Assert.Equal(pairs, await TableHash.OfPairsAsync(database));
        Assert.Equal(first.RowsUnconfirmed, second.RowsUnconfirmed);
    }

    // The statistics of a session are complete once it has ended.
    private static async Task<string> UseOfTableAsync(EngineDatabase database)
    {
        await database.CloseEnginesAsync();
        await database.UntilAsync("SELECT count(*) = 0 FROM pg_stat_activity WHERE application_name = 'cm_etl' AND datname = current_database()");
        return await database.TextAsync(
            """
            SELECT n_tup_upd, n_tup_ins, n_tup_del, seq_scan, idx_scan, seq_tup_read, idx_tup_fetch
              FROM pg_stat_user_tables WHERE relname = 'conflictvisitmaps' AND n_tup_upd > 0
            """);
    }
}
