using Npgsql;

namespace CmEtl.Engine;

/// <summary>Processes one given chunk, for repair by hand and for orchestrators that assign chunks themselves.</summary>
internal sealed class SingleChunk(RunLedger runs, ChunkLedger chunks, ChunkWorker worker, StatusReader status)
{
    public async Task<ChunkResult> RunAsync(RunRow run, int chunkId, CancellationToken cancel, ChunkDeadline? deadline = null)
    {
        await using var connection = await worker.OpenAsync(run.Phase, cancel);
        var claimed = await chunks.ClaimOneAsync(connection, run.RunId, chunkId, $"{ThisProcess.Id}-single", cancel);
        if (claimed is not null)
        {
            return await ProcessAsync(connection, run, claimed, deadline, cancel);
        }

        var chunk = await ReadAsync(run, chunkId, cancel);
        if (chunk is not null and not { State: ChunkState.Done } && run.State is not (RunState.Completed or RunState.Abandoned))
        {
            await runs.RefuseSupersededAsync(connection, run.RunId, cancel);
        }

        var subject = $"{run.RunId}/{chunkId}";
        return chunk switch
        {
            null => throw new CmEtlException(
                ErrorKind.Permanent, ErrorIds.ChunkNotFound, $"Run {run.RunId} has no chunk {chunkId}; its plan has {run.PlannedChunks}.",
                "Use a number from its plan.") { Subject = subject },
            { State: ChunkState.Done } => Stored(chunk),
            { State: ChunkState.Processing or ChunkState.Stuck } => throw new CmEtlException(
                ErrorKind.Busy, ErrorIds.ChunkBusy, $"Chunk {chunkId} of run {run.RunId} is being processed by {chunk.Worker}.",
                "Wait for it. The chunks of the run show whether it is stuck.") { Subject = subject },
            _ => throw new CmEtlException(
                ErrorKind.Permanent, ErrorIds.RunFinished, $"Run {run.RunId} is {RunLedger.Text(run.State)}, so its chunks are no longer processed.",
                "Start a new run.") { Subject = run.RunId },
        };
    }

    /// <summary>An attempt whose commit was not answered may have succeeded. Then the ledger has its result.</summary>
    private async Task<ChunkResult> ProcessAsync(
        NpgsqlConnection connection, RunRow run, ClaimedChunk claimed, ChunkDeadline? deadline, CancellationToken cancel)
    {
        try
        {
            return (await worker.ProcessAsync(connection, run, claimed, cancel, rethrow: true, deadline))!;
        }
        catch (CmEtlException)
        {
            var pieces = await chunks.PiecesAsync(run.RunId, claimed, cancel);
            if (pieces.Count > 1)
            {
                return await PiecesAsync(run, claimed, pieces, cancel);
            }

            if (await ReadAsync(run, claimed.ChunkId, cancel) is { State: ChunkState.Done } chunk && chunk.Attempt == claimed.Attempt)
            {
                return Stored(chunk) with { Skipped = false };
            }

            throw;
        }
    }

    /// <summary>
    /// No other caller knows that the chunk was split, so all of its parts are processed here, even if one of them fails.
    /// </summary>
    private async Task<ChunkResult> PiecesAsync(
        RunRow run, ClaimedChunk cut, IReadOnlyList<int> pieces, CancellationToken cancel)
    {
        var results = new List<ChunkResult>();
        CmEtlException? last = null;
        foreach (var piece in pieces)
        {
            try
            {
                results.Add(await RunAsync(run, piece, cancel));
            }
            catch (CmEtlException error)
            {
                last = error;
            }
        }

        return last is not null ? throw last : results.Aggregate(
            new ChunkResult { RunId = run.RunId, ChunkId = cut.ChunkId, Attempt = results.Single(r => r.ChunkId == cut.ChunkId).Attempt },
            (sum, piece) => RowCounts.Add(sum, piece) with
            {
                RowsMarked = sum.RowsMarked + piece.RowsMarked, RowsClaimed = sum.RowsClaimed + piece.RowsClaimed,
                Duration = sum.Duration + piece.Duration,
            });
    }

    private async Task<ChunkInfo?> ReadAsync(RunRow run, int chunkId, CancellationToken cancel) =>
        (await status.ReadChunksAsync(run.RunId, cancel)).FirstOrDefault(c => c.ChunkId == chunkId);

    private static ChunkResult Stored(ChunkInfo chunk) => RowCounts.Add(
        new ChunkResult
        {
            RunId = chunk.RunId!, ChunkId = chunk.ChunkId, Skipped = true, Attempt = chunk.Attempt, RowsClaimed = chunk.RowsClaimed,
            Duration = chunk.Duration ?? TimeSpan.Zero,
        },
        chunk);
}
