namespace CmEtl.Engine.Tests.Engine;

/// <summary>A dry run reports what a run would do, and writes nothing.</summary>
[Collection(EngineTestGroup.Name)]
public sealed class DryRunTests(EngineServer server)
{
    [Fact]
    public async Task It_has_the_counts_of_a_run_and_writes_nothing()
    {
        await using var database = await server.CopyAsync();
        var before = await TableHash.OfVersionsAsync(database, "true");

        var dry = await database.Engine().DryRunAsync(Phase.Chunked, null, CancellationToken.None);

        Assert.Equal(before, await TableHash.OfVersionsAsync(database, "true"));
        Assert.Equal(0, await database.ReadAsync<long>("SELECT (SELECT count(*) FROM cm_etl.run) + (SELECT count(*) FROM cm_etl.chunk) + (SELECT count(*) FROM cm_etl.event)"));
        Assert.Equal(0, await database.ReadAsync<long>("SELECT count(*) FROM conflict.conflictvisitmaps_temp"));
        Assert.Equal(0, await database.ReadAsync<long>("SELECT count(*) FROM conflict.settings WHERE \"InProgressFlag\" = 1"));
        var run = await database.CompleteAsync(change: s => s with { MarkMode = MarkMode.SinglePass, SkipUnchanged = true });
        Assert.Equal(
            (run.ChunksTotal, run.RowsPlanned, run.RowsConfirmed, run.RowsUnchanged, run.RowsUnconfirmed, run.RowsDeferred),
            (dry.ChunksDone, dry.RowsPlanned, dry.RowsConfirmed, dry.RowsUnchanged, dry.RowsUnconfirmed, dry.RowsDeferred));
        Assert.True(dry.RowsChanged > 0);
        Assert.Equal(0, (await database.Engine().DryRunAsync(Phase.Sequential, null, CancellationToken.None)).RowsChanged);
    }

    [Fact]
    public async Task A_chunk_that_cannot_be_executed_is_counted_and_named()
    {
        await using var database = await server.CopyAsync();
        await database.ExecuteAsync("""
            CREATE FUNCTION conflict.refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; END $$;
            CREATE TRIGGER refuse BEFORE UPDATE ON conflict.conflictvisitmaps FOR EACH STATEMENT EXECUTE FUNCTION conflict.refuse()
            """);

        var dry = await database.Engine().DryRunAsync(Phase.Sequential, null, CancellationToken.None);

        Assert.Equal((0, 1), (dry.ChunksDone, dry.ChunksFailed));
        Assert.Contains("P0001", dry.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_refused_while_a_run_is_active()
    {
        await using var database = await server.CopyAsync();
        var active = await database.Engine().BeginAsync(new StartRequest(), CancellationToken.None);

        var refused = await Assert.ThrowsAsync<CmEtlException>(() => database.Engine()
            .DryRunAsync(Phase.Chunked, null, CancellationToken.None));

        Assert.Equal((ErrorIds.RunActive, active.RunId), (refused.ErrorId, refused.Subject));
    }
}
