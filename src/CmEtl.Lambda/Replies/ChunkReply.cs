using CmEtl.Engine;

namespace CmEtl.Lambda;

/// <summary>Of <c>process_task02_chunk</c>; skipped when the ledger said "done" before, then with the counts of then.</summary>
internal sealed record ChunkReply(
    string RunId, int ChunkId, bool Skipped, long RowsMarked, long RowsUpdated, long RowsUnconfirmed, long RowsDeferred, double DurationSeconds,
    double ThroughputRowsPerSec, string Status = "success")
{
    public static ChunkReply From(ChunkResult result) => new(
        result.RunId, result.ChunkId, result.Skipped, result.RowsMarked, result.RowsConfirmed, result.RowsUnconfirmed, result.RowsDeferred,
        Math.Round(result.Duration.TotalSeconds, 2), Math.Round(result.RowsPerSecond, 1));
}
