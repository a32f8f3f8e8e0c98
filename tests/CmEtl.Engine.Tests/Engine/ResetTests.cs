namespace CmEtl.Engine.Tests.Engine;

/// <summary>Releasing marks and resetting chunks.</summary>
[Collection(EngineTestGroup.Name)]
public sealed class ResetTests(EngineServer server)
{
    [Fact]
    public async Task A_preview_shows_the_marks_and_changes_nothing()
    {
        await using var database = await FailedAsync();
        var (pairs, ledger) = (await TableHash.OfVersionsAsync(database, "true"), await LedgerAsync(database));
        var preview = await database.Engine().PreviewResetAsync(new ResetRequest(), CancellationToken.None);
        Assert.All(preview, r => Assert.Equal((ChunkState.Failed, false), (r.State, r.Reset)));
        Assert.Equal((pairs, ledger), (await TableHash.OfVersionsAsync(database, "true"), await LedgerAsync(database)));

        var reset = await database.Engine().ResetAsync(new ResetRequest { Reason = "tidy" }, CancellationToken.None);
        Assert.Equal(preview.Select(r => (r.ChunkId, r.RowsReleased, true)), reset.Select(r => (r.ChunkId, r.RowsReleased, r.Reset)));
        Assert.True(reset.Sum(r => r.RowsReleased) > 0);
        Assert.Equal(reset.Count, await database.ReadAsync<long>("SELECT count(*) FROM cm_etl.event WHERE kind = 'chunk reset' AND reason = 'tidy'"));
        var status = await database.Engine().GetStatusAsync(null, CancellationToken.None);
        Assert.Equal((0L, 0L), (status.RowsLocked, status.ChunksFailed));
        Assert.Empty(await database.Engine().PreviewResetAsync(new ResetRequest(), CancellationToken.None));
    }

    [Fact]
    public async Task Only_chunks_older_than_asked_for_are_reset()
    {
        await using var database = await FailedAsync();
        var request = new ResetRequest { OlderThan = TimeSpan.FromHours(1) };
        Assert.Empty(await database.Engine().ResetAsync(request, CancellationToken.None));
        var old = await database.ReadAsync<int>("SELECT min(chunk_id) FROM cm_etl.chunk WHERE state = 'failed'");
        await database.ExecuteAsync($"UPDATE cm_etl.chunk SET started_at = started_at - interval '2 hours' WHERE chunk_id = {old}");
        Assert.Equal([old], (await database.Engine().ResetAsync(request, CancellationToken.None)).Select(r => r.ChunkId));
    }

    [Fact]
    public async Task A_live_chunk_is_reset_only_by_force_and_its_worker_can_write_nothing_more()
    {
        await using var database = await FailedAsync();
        var (ledger, run, held, connection) = await ClaimAsync(database);
        await using var _ = connection;
        var request = new ResetRequest { ChunkIds = [held.ChunkId] };
        var error = await Assert.ThrowsAsync<CmEtlException>(() => database.Engine().ResetAsync(request, CancellationToken.None));
        Assert.Equal((ErrorKind.Busy, "LeaseLive"), (error.Kind, error.ErrorId));
        Assert.Single(await database.Engine().ResetAsync(request with { Force = true }, CancellationToken.None));

        var before = await LedgerAsync(database);
        var result = new ChunkResult { RunId = run.RunId, ChunkId = held.ChunkId };
        var fenced = new[]
        {
            await Assert.ThrowsAsync<CmEtlException>(() => ledger.HoldAsync(connection, run, held, CancellationToken.None)),
            await Assert.ThrowsAsync<CmEtlException>(
                () => ledger.CompleteAsync(connection, result, held, new ChunkOutcome(0, ""), CancellationToken.None)),
        };
        Assert.All(fenced, e => Assert.Equal((ErrorKind.Busy, "ChunkFenced"), (e.Kind, e.ErrorId)));
        Assert.Equal(0, await ledger.MarkedAsync(connection, run.RunId, held, 5, CancellationToken.None));
        Assert.False(await ledger.FailAsync(run.RunId, held, false, true, TimeSpan.Zero, "", "late", CancellationToken.None));
        Assert.Equal(before, await LedgerAsync(database));
    }

    [Fact]
    public async Task A_done_chunk_is_never_reset()
    {
        await using var database = await FailedAsync();
        var done = await database.ReadAsync<int>("SELECT min(chunk_id) FROM cm_etl.chunk WHERE state = 'done'");
        Assert.Empty(await database.Engine().ResetAsync(new ResetRequest { ChunkIds = [done], Force = true }, CancellationToken.None));
    }

    [Fact]
    public async Task A_run_continues_to_its_end_after_a_reset()
    {
        await using var database = await FailedAsync();
        await database.Engine().ResetAsync(new ResetRequest(), CancellationToken.None);
        var status = await database.CompleteAsync();
        Assert.Equal(status.RowsPlanned, status.RowsConfirmed + status.RowsUnconfirmed + status.RowsDeferred);
    }

    private static async Task<(ChunkLedger Ledger, RunRow Run, ClaimedChunk Held,
        Npgsql.NpgsqlConnection Connection)> ClaimAsync(EngineDatabase database)
    {
        var internals = new EngineInternals(database.Settings);
        var run = await internals.Runs.ReadAsync(await internals.Runs.ResolveAsync(null, CancellationToken.None), CancellationToken.None);
        var connection = await database.ConnectAsync();
        var chunk = await database.ReadAsync<int>("SELECT min(chunk_id) FROM cm_etl.chunk WHERE state = 'failed'");
        var held = await internals.Chunks.ClaimOneAsync(connection, run.RunId, chunk, "slow", CancellationToken.None);
        return (internals.Chunks, run, held!, connection);
    }

    private static Task<string> LedgerAsync(EngineDatabase database) =>
        database.TextAsync("SELECT chunk_id, xmin, state, attempt, rows_claimed FROM cm_etl.chunk ORDER BY chunk_id");

    private async Task<EngineDatabase> FailedAsync()
    {
        var database = await server.CopyAsync();
        await BadRow.PlantAsync(database, "OLD.\"ID\" IN (1, 2, 40)");
        Assert.Equal(RunState.Failed, (await database.RunAsync()).State);
        await BadRow.RemoveAsync(database);
        return database;
    }
}
