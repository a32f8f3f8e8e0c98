namespace CmEtl.Engine;

/// <summary>What one call for one chunk did.</summary>
public sealed record ChunkResult
{
    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>The chunk's number.</summary>
    public required int ChunkId { get; init; }

    /// <summary>True when the ledger said "done" before: nothing was touched, the counts are those of then.</summary>
    public bool Skipped { get; init; }

    /// <summary>The attempt that did it.</summary>
    public int Attempt { get; init; }

    /// <summary>Rows newly marked by this attempt.</summary>
    public long RowsMarked { get; init; }

    /// <summary>Rows the chunk was answerable for: newly marked and already marked.</summary>
    public long RowsClaimed { get; init; }

    /// <summary>Rows updated.</summary>
    public long RowsConfirmed { get; init; }

    /// <summary>Of the confirmed rows: those that were equal already and kept their version (skip_unchanged, delta).</summary>
    public long RowsUnchanged { get; init; }

    /// <summary>Rows that matched no live pair.</summary>
    public long RowsUnconfirmed { get; init; }

    /// <summary>Of the unconfirmed rows: those whose visits have a value that cannot be used and may be why no rule held.</summary>
    public long RowsDoubtful { get; init; }

    /// <summary>In-service and paid-time-off rows.</summary>
    public long RowsDeferred { get; init; }

    /// <summary>GPS texts passed over.</summary>
    public long GpsRejects { get; init; }

    /// <summary>
    /// Days, times and numbers of the visits that cannot be used, or stored, and were left out; GPS texts are counted apart.
    /// </summary>
    public long UnusableValues { get; init; }

    /// <summary>Values cut to the width of their column.</summary>
    public long WidthCuts { get; init; }

    /// <summary>Time from claim to commit.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Rows updated per second.</summary>
    public double RowsPerSecond => Duration > TimeSpan.Zero ? RowsConfirmed / Duration.TotalSeconds : 0;
}
