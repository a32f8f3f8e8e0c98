namespace CmEtl.Engine;

/// <summary>A chunk of the plan with its state. The exact bounds contain SSNs and are not shown, only the range of dates.</summary>
public sealed record ChunkInfo : RowCounts
{
    /// <summary>The run; null in a preview.</summary>
    public string? RunId { get; init; }

    /// <summary>Number within the run, from 0.</summary>
    public required int ChunkId { get; init; }

    /// <summary>The state of the chunk.</summary>
    public ChunkState State { get; init; }

    /// <summary>Rows counted when the plan was made.</summary>
    public required long EstimatedRows { get; init; }

    /// <summary>(VisitDate, SSN) keys in it.</summary>
    public required int Keys { get; init; }

    /// <summary>Distinct visit dates in it.</summary>
    public required int Dates { get; init; }

    /// <summary>Distinct SSNs in it. Rows without an SSN count as one.</summary>
    public required int Ssns { get; init; }

    /// <summary>First visit date.</summary>
    public required DateOnly FromDate { get; init; }

    /// <summary>Last visit date.</summary>
    public required DateOnly ToDate { get; init; }

    /// <summary>Whether it contains only part of a key that is larger than the maximum chunk size.</summary>
    public bool SplitKey { get; init; }

    /// <summary>How often it was claimed. The number is the fence of the worker that holds it.</summary>
    public int Attempt { get; init; }

    /// <summary>Failed attempts since the run was last started.</summary>
    public int Failures { get; init; }

    /// <summary>The worker that holds it or completed it; empty before the first claim.</summary>
    public string Worker { get; init; } = "";

    /// <summary>End of the lease by the database clock.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>Whether it is being processed according to the ledger, but its lease has expired.</summary>
    public bool Stuck { get; init; }

    /// <summary>Rows that have this chunk's mark, or had it when the chunk was completed.</summary>
    public long RowsClaimed { get; init; }

    /// <summary>Start of the last attempt.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>End of the last attempt.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Duration of the last finished attempt.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>The same in seconds, for Measure-Object and files.</summary>
    public double? DurationSeconds => Duration?.TotalSeconds;

    /// <summary>Rows updated per second of the last finished attempt.</summary>
    public double? RowsPerSecond { get; init; }

    /// <summary>SqlState of the last failure; empty when there was none.</summary>
    public string SqlState { get; init; } = "";

    /// <summary>The last failure in CmEtl's words; empty when there was none.</summary>
    public string Error { get; init; } = "";
}
