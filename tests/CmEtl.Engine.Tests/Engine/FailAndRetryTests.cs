using CmEtl.Engine.Tests.Model;

namespace CmEtl.Engine.Tests.Engine;

/// <summary>A chunk fails after its marks were committed. The run ends as failed, and a second start repairs it.</summary>
[Collection(EngineTestGroup.Name)]
public sealed class FailAndRetryTests(EngineServer server)
{
    [Fact]
    public async Task A_chunk_that_fails_after_its_marks_is_named_and_done_by_the_next_start()
    {
        await using var database = await server.CopyAsync();
        var expected = await ReferenceModel.ComputeAsync(database.Connection, await database.WindowAsync());
        var bad = expected.Rows.Values.First(r => r.Outcome == Outcome.Confirmed).Id;
        var start = await database.NowAsync();
        await BadRow.PlantAsync(database, $"OLD.\"ID\" = {bad}");

        var failed = await database.RunAsync();
        Assert.Equal(RunState.Failed, failed.State);
        Assert.Equal((1, 0, failed.ChunksTotal - 1), (failed.ChunksFailed, failed.ChunksPending, failed.ChunksDone));
        Assert.True(failed.RowsLocked > 0, "The marks of the failed chunk are held.");
        Assert.False(failed.SweepSafe);
        var chunks = await database.Engine().GetChunksAsync(null, CancellationToken.None);
        var broken = chunks.Single(c => c.State == ChunkState.Failed);
        Assert.Contains($"chunk {broken.ChunkId}: a trigger or function of the database raised an error (SqlState P0001)", failed.Reason, StringComparison.Ordinal);
        Assert.Equal((1, "P0001"), (broken.Failures, broken.SqlState));

        // A change by the application between the two starts, which the snapshot must not contain.
        await database.ExecuteAsync($"UPDATE conflict.conflictvisitmaps SET \"InServiceFlag\" = 'late' WHERE \"ID\" = {bad}");
        var task01 = await database.TextAsync("SELECT task01_at, planned_at, started_at FROM cm_etl.run");
        await BadRow.RemoveAsync(database);

        var resumed = await database.CompleteAsync();
        Assert.Equal(failed.RunId, resumed.RunId);
        Assert.True(resumed.SweepSafe);
        Assert.Equal(task01, await database.TextAsync("SELECT task01_at, planned_at, started_at FROM cm_etl.run"));
        Assert.Equal(0, await database.ReadAsync<long>("SELECT count(*) FROM conflict.conflictvisitmaps_temp WHERE \"InServiceFlag\" = 'late'"));
        var again = await database.Engine().GetChunksAsync(null, CancellationToken.None);
        Assert.Equal([(broken.ChunkId, 2)], again.Where(c => c.Attempt != chunks[c.ChunkId].Attempt).Select(c => (c.ChunkId, c.Attempt)));
        Assert.Equal("late", await database.ReadAsync<string>($"SELECT \"InServiceFlag\" FROM conflict.conflictvisitmaps WHERE \"ID\" = {bad}"));

        var flag = expected.Rows[bad].Before["InServiceFlag"] is string before ? $"'{before}'" : "NULL";
        await database.ExecuteAsync($"UPDATE conflict.conflictvisitmaps SET \"InServiceFlag\" = {flag} WHERE \"ID\" = {bad}");
        var comparison = await TableComparer.CompareAsync(expected, database.Connection, start);
        Assert.True(comparison.Total == 0, comparison.ToString());
        Assert.Equal((expected.Counters.Confirmed, expected.Counters.Unconfirmed), (resumed.RowsConfirmed, resumed.RowsUnconfirmed));
    }

    [Fact]
    public async Task A_failed_chunk_leaves_no_mark_in_SinglePass()
    {
        await using var database = await server.CopyAsync();
        await database.ExecuteAsync("UPDATE conflict.conflictvisitmaps SET \"UpdateFlag\" = NULL");
        await BadRow.PlantAsync(database, "true");
        var failed = await database.RunAsync(change: s => s with { MarkMode = MarkMode.SinglePass });
        Assert.Equal((RunState.Failed, 0L), (failed.State, failed.RowsLocked));
        Assert.Equal(0, await database.ReadAsync<long>(
            """
            SELECT count(*) FROM conflict.conflictvisitmaps AS c JOIN cm_etl.chunk AS k
                ON k.state = 'failed' AND c."VisitDate" > k.from_date AND c."VisitDate" < k.to_date WHERE c."UpdateFlag" = 1
            """));
    }

    [Fact]
    public async Task Marks_taken_away_by_hand_between_two_starts_are_survived()
    {
        await using var database = await server.CopyAsync();
        var expected = await ReferenceModel.ComputeAsync(database.Connection, await database.WindowAsync());
        var start = await database.NowAsync();
        var bad = expected.Rows.Values.First(r => r.Outcome == Outcome.Confirmed).Id;
        await BadRow.PlantAsync(database, $"OLD.\"ID\" = {bad}");
        var failed = await database.RunAsync();
        var locked = await database.ExecuteAsync(
            $"""
            UPDATE conflict.conflictvisitmaps AS c SET "UpdateFlag" = NULL FROM cm_etl.chunk AS k
             WHERE k.state = 'failed' AND c."UpdateFlag" = 1 AND {ChunkRange.Holds}
            """);
        Assert.True(locked >= failed.RowsLocked, "All marks of the failed chunk are gone.");
        await BadRow.RemoveAsync(database);
        var resumed = await database.CompleteAsync();
        Assert.Equal(failed.RunId, resumed.RunId);
        var comparison = await TableComparer.CompareAsync(expected, database.Connection, start);
        Assert.True(comparison.Total == 0, comparison.ToString());
    }
}
