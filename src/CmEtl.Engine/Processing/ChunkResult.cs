namespace CmEtl.Engine;

/// <summary>The result of processing one chunk.</summary>
public sealed record ChunkResult
{
    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>The chunk's number.</summary>
    public required int ChunkId { get; init; }

    /// <summary>
    /// True when the chunk was already done: nothing was changed, and the counts are those of the attempt that completed it.
    /// </summary>
    public bool Skipped { get; init; }

    /// <summary>The attempt that completed the chunk.</summary>
    public int Attempt { get; init; }

    /// <summary>Rows newly marked by this attempt.</summary>
    public long RowsMarked { get; init; }

    /// <summary>Rows that the chunk is responsible for: newly marked and already marked.</summary>
    public long RowsClaimed { get; init; }

    /// <summary>Rows updated.</summary>
    public long RowsConfirmed { get; init; }

    /// <summary>Confirmed rows that were already equal and kept their version (skip_unchanged, delta).</summary>
    public long RowsUnchanged { get; init; }

    /// <summary>Rows that matched no live pair.</summary>
    public long RowsUnconfirmed { get; init; }

    /// <summary>Unconfirmed rows for which an unusable value of a visit may be the reason that no rule held.</summary>
    public long RowsDoubtful { get; init; }

    /// <summary>In-service and paid-time-off rows.</summary>
    public long RowsDeferred { get; init; }

    /// <summary>GPS texts that were ignored because they are unusable.</summary>
    public long GpsRejects { get; init; }

    /// <summary>
    /// Days, times and numbers of visits that are unusable or do not fit their column, and were left out. GPS texts are counted separately.
    /// </summary>
    public long UnusableValues { get; init; }

    /// <summary>Values truncated to the width of their column.</summary>
    public long WidthCuts { get; init; }

    /// <summary>Time from claim to commit.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The same in seconds, for Measure-Object and for files.</summary>
    public double DurationSeconds => Duration.TotalSeconds;

    /// <summary>Rows updated per second.</summary>
    public double RowsPerSecond => Duration > TimeSpan.Zero ? RowsConfirmed / Duration.TotalSeconds : 0;
}
