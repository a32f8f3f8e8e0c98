using CmEtl.Engine;
using CmEtl.Engine.Tests.Engine;
using CmEtl.Engine.Tests.Model;

namespace CmEtl.Chaos.FaultMatrix;

/// <summary>A row that cannot be written is found, quarantined and reported. All other rows are updated.</summary>
[Collection(MatrixGroup.Name)]
public sealed class PoisonRowTests(EngineServer server)
{
    [Fact]
    public async Task Bad_rows_are_isolated_and_the_rest_is_done()
    {
        await using var database = await server.CopyAsync();
        var expected = await ReferenceModel.ComputeAsync(database.Connection, await database.WindowAsync());
        var start = await database.NowAsync();
        var confirmed = expected.Rows.Values.Where(r => r.Outcome == Outcome.Confirmed).Select(r => r.Id).ToList();
        string[] bad = [confirmed[0], confirmed[confirmed.Count / 2], confirmed[^1]];
        await BadRow.PlantAsync(database, $"OLD.\"ID\" IN ({string.Join(',', bad)})", "23514");

        var failed = await database.RunAsync();

        var chunks = await database.Engine().GetChunksAsync(null, CancellationToken.None);
        var aside = chunks.Where(c => c.State != ChunkState.Done).ToList();
        Assert.Equal([.. bad.Select(_ => (ChunkState.Quarantined, 1L, "23514"))], aside.Select(c => (c.State, c.EstimatedRows, c.SqlState)));
        Assert.Equal(RunState.Failed, failed.State);
        Assert.All(aside, c => Assert.Contains($"chunk {c.ChunkId}: a row violates a constraint of its table (SqlState 23514)", failed.Reason, StringComparison.Ordinal));
        Assert.Contains("3 of them contain a row that cannot be updated", failed.Reason, StringComparison.Ordinal);
        Assert.Equal(failed.RowsPlanned - bad.Length, failed.RowsConfirmed + failed.RowsUnconfirmed + failed.RowsDeferred);

        await BadRow.RemoveAsync(database);
        await database.Engine().ResetAsync(new ResetRequest { Reason = "corrected" }, CancellationToken.None);
        Assert.Equal(failed.RunId, (await database.CompleteAsync()).RunId);
        var comparison = await TableComparer.CompareAsync(expected, database.Connection, start);
        Assert.True(comparison.Total == 0, comparison.ToString());
    }

    [Fact]
    public async Task A_chunk_that_is_asked_for_by_number_is_done_but_for_its_bad_row()
    {
        await using var database = await server.CopyAsync();
        var engine = database.Engine();
        var run = (await engine.BeginAsync(new StartRequest(), CancellationToken.None)).RunId;
        await engine.PlanAsync(run, CancellationToken.None);
        var expected = await ReferenceModel.ComputeAsync(database.Connection, await database.WindowAsync());
        var ids = string.Join(',', expected.Rows.Values.Where(r => r.Outcome == Outcome.Confirmed).Select(r => r.Id));
        var chunk = await database.ReadAsync<int>(
            $"SELECT k.chunk_id FROM cm_etl.chunk AS k JOIN conflict.conflictvisitmaps AS c ON {ChunkRange.Holds} WHERE c.\"ID\" IN ({ids}) LIMIT 1");
        var bad = await database.ReadAsync<string>(
            $"SELECT max(c.\"ID\")::text FROM cm_etl.chunk AS k JOIN conflict.conflictvisitmaps AS c ON {ChunkRange.Holds} WHERE c.\"ID\" IN ({ids}) AND k.chunk_id = {chunk}");
        await BadRow.PlantAsync(database, $"OLD.\"ID\" = {bad}", "23514");
        var before = (await engine.GetChunksAsync(run, CancellationToken.None)).Count;

        var error = await Assert.ThrowsAsync<CmEtlException>(() => engine.ProcessChunkAsync(run, chunk, CancellationToken.None));

        Assert.Equal((ErrorKind.Permanent, "23514"), (error.Kind, error.SqlState));
        var pieces = (await engine.GetChunksAsync(run, CancellationToken.None)).Where(c => c.ChunkId == chunk || c.ChunkId >= before)
            .ToList();
        Assert.Equal(1L, Assert.Single(pieces, c => c.State == ChunkState.Quarantined).EstimatedRows);
        Assert.Equal(pieces.Count - 1, pieces.Count(c => c.State == ChunkState.Done));
    }

    [Fact]
    public async Task Where_every_row_is_bad_the_search_ends()
    {
        await using var database = await server.CopyAsync();
        await BadRow.PlantAsync(database, "true", "23514");
        var engine = database.Engine(s => s with { MarkMode = MarkMode.SinglePass, LeaseSeconds = 1 });
        var run = (await engine.BeginAsync(new StartRequest(), CancellationToken.None)).RunId;
        await engine.PlanAsync(run, CancellationToken.None);
        // The chunk has already been split this often.
        await database.ExecuteAsync(
            $"INSERT INTO cm_etl.event (run_id, kind) SELECT '{run}', 'chunk split' FROM generate_series(1, 90)");
        await database.UntilAsync("SELECT lease_until < clock_timestamp() FROM cm_etl.run");
        var failed = await database.RunAsync();
        Assert.Equal(run, failed.RunId);
        Assert.Equal(RunState.Failed, failed.State);
        Assert.Equal(100, await database.ReadAsync<long>("SELECT count(*) FROM cm_etl.event WHERE kind = 'chunk split'"));
        Assert.True(await database.ReadAsync<bool>("SELECT bool_or(state = 'failed' AND estimated_rows > 1) FROM cm_etl.chunk"));
        await BadRow.RemoveAsync(database);
        await database.Engine().ResetAsync(new ResetRequest { Reason = "corrected" }, CancellationToken.None);
        await database.CompleteAsync();
    }
}
