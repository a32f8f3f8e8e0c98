namespace CmEtl.Engine.Tests.Engine;

/// <summary>The table after a run is the same, however the window is divided and rows are marked.</summary>
[Collection(AccountingTestGroup.Name)]
public sealed class SameTableTests(EngineServer server)
{
    [Fact]
    public async Task Two_phases_one_pass_and_one_sequential_chunk_leave_the_same_tables()
    {
        var chunked = await RunAsync(Phase.Chunked, MarkMode.TwoPhase);
        Assert.True(chunked.Chunks > 3, $"{chunked.Chunks} chunks prove little.");
        var single = await RunAsync(Phase.Chunked, MarkMode.SinglePass);
        var sequential = await RunAsync(Phase.Sequential, MarkMode.TwoPhase);
        Assert.Equal(1, sequential.Chunks);
        Assert.Equal((chunked.Pairs, chunked.Snapshot), (single.Pairs, single.Snapshot));
        Assert.Equal((chunked.Pairs, chunked.Snapshot), (sequential.Pairs, sequential.Snapshot));
    }

    [Fact]
    public async Task A_key_that_is_cut_by_ID_gives_the_same_table_as_one_that_is_not()
    {
        var whole = await RunAsync(Phase.Chunked, MarkMode.TwoPhase);
        await using var database = await server.CopyAsync();
        await database.CompleteAsync(change: s => s with { TargetChunkSize = 20, MaxChunkSize = 20 });
        Assert.True(await database.ReadAsync<bool>("SELECT count(*) > 3 FROM cm_etl.chunk WHERE split_key"));
        Assert.Equal(whole.Pairs, await TableHash.OfPairsAsync(database));
    }

    [Theory]
    [InlineData(MarkMode.TwoPhase)]
    [InlineData(MarkMode.SinglePass)]
    public async Task A_partitioned_table_is_refreshed_as_one_that_is_not(MarkMode mode)
    {
        var whole = await RunAsync(Phase.Chunked, mode);
        await using var database = await server.CopyAsync();
        await database.ExecuteAsync(
            """
            ALTER TABLE conflict.conflictvisitmaps RENAME TO before_partitions;
            CREATE TABLE conflict.conflictvisitmaps (LIKE conflict.before_partitions INCLUDING DEFAULTS) PARTITION BY RANGE ("VisitDate");
            CREATE TABLE conflict.pairs_early PARTITION OF conflict.conflictvisitmaps FOR VALUES FROM (MINVALUE) TO (current_date - 200);
            CREATE TABLE conflict.pairs_late PARTITION OF conflict.conflictvisitmaps FOR VALUES FROM (current_date - 200) TO (MAXVALUE);
            CREATE TABLE conflict.pairs_other PARTITION OF conflict.conflictvisitmaps DEFAULT;
            INSERT INTO conflict.conflictvisitmaps SELECT * FROM conflict.before_partitions;
            ANALYZE conflict.conflictvisitmaps;
            """);
        Assert.Equal(2, await database.ReadAsync<long>("SELECT count(DISTINCT tableoid) FROM conflict.conflictvisitmaps"));
        await RoleScript.ApplyAsync(database.Connection, "worker", RoleScript.Worker);

        await database.CompleteAsync(change: s => s with { MarkMode = mode });

        Assert.Equal(whole.Pairs, await TableHash.OfPairsAsync(database));
    }

    private async Task<(string Pairs, string Snapshot, long Chunks)> RunAsync(Phase phase, MarkMode mode)
    {
        await using var database = await server.CopyAsync();
        var before = await TableHash.OfPairsAsync(database);
        var status = await database.CompleteAsync(new StartRequest { Phase = phase }, s => s with { MarkMode = mode });
        Assert.True(status.RowsConfirmed > 100, $"{status.RowsConfirmed} confirmed rows prove little.");
        var after = await TableHash.OfPairsAsync(database);
        Assert.NotEqual(before, after);
        return (after, await TableHash.OfSnapshotAsync(database), status.ChunksTotal);
    }
}
