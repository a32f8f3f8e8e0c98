namespace CmEtl.Engine;

/// <summary>The result of processing one chunk.</summary>
public sealed record ChunkResult : RowCounts
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

    /// <summary>Time from claim to commit.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The same in seconds, for Measure-Object and for files.</summary>
    public double DurationSeconds => Duration.TotalSeconds;

    /// <summary>Rows updated per second.</summary>
    public double RowsPerSecond => Duration > TimeSpan.Zero ? RowsConfirmed / Duration.TotalSeconds : 0;
}
