namespace CmEtl.Engine;

/// <summary>The counts of what was removed from the ledger's history, or would be with -WhatIf.</summary>
/// <param name="Runs">Deleted runs.</param>
/// <param name="Chunks">Chunks deleted with them.</param>
/// <param name="Events">Events deleted with them.</param>
/// <param name="RunsWithoutBounds">Runs that were kept but lost the bounds of their chunks, which contain SSNs.</param>
public sealed record HistoryCleared(long Runs, long Chunks, long Events, long RunsWithoutBounds);
