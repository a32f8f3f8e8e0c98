namespace CmEtl.Engine;

/// <summary>What was removed from the ledger's history, or would be.</summary>
/// <param name="Runs">Runs deleted.</param>
/// <param name="Chunks">Chunks deleted with them.</param>
/// <param name="Events">Events deleted with them.</param>
/// <param name="RunsWithoutBounds">Runs that stay and lost the bounds of their chunks, which hold SSNs.</param>
public sealed record HistoryCleared(long Runs, long Chunks, long Events, long RunsWithoutBounds);
