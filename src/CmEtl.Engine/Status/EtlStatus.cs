using System.Globalization;

namespace CmEtl.Engine;

/// <summary>
/// One picture of a run, read from the ledger in one statement. It feeds progress bars, <c>Get-CmEtlStatus</c>, logs and function replies.
/// Row counts are those of the ledger; the meaning of each is in domain terms: confirmed rows were updated in this run, unconfirmed rows
/// matched no live pair and stay marked for the sweep, deferred rows (in-service, paid time off) belong to later tasks.
/// </summary>
public sealed record EtlStatus : RowCounts
{
    /// <summary>The run's id; the Step Functions execution name where there is one.</summary>
    public required string RunId { get; init; }

    /// <summary>Where the run stands.</summary>
    public required RunState State { get; init; }

    /// <summary>The step it is in.</summary>
    public required EtlStep Step { get; init; }

    /// <summary>Why it stands there: what failed, who stopped it, what it waits for. Empty while all is well.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Sequential or chunked.</summary>
    public Phase Phase { get; init; }

    /// <summary>How rows are marked.</summary>
    public MarkMode MarkMode { get; init; }

    /// <summary>The baseline run that a delta run is compared with; empty when it recomputes every row.</summary>
    public string DeltaOf { get; init; } = "";

    /// <summary>First visit date of the window, inclusive.</summary>
    public DateOnly WindowFrom { get; init; }

    /// <summary>Last visit date of the window, inclusive.</summary>
    public DateOnly WindowTo { get; init; }

    /// <summary>Start by the database clock.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>End by the database clock, null while it runs.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Time since the start, or the whole duration.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The same in seconds, for Measure-Object and for files.</summary>
    public double ElapsedSeconds => Elapsed.TotalSeconds;

    /// <summary>Chunks in the plan.</summary>
    public long ChunksTotal { get; init; }

    /// <summary>Chunks waiting for a worker.</summary>
    public long ChunksPending { get; init; }

    /// <summary>Chunks in work, stuck ones included.</summary>
    public long ChunksProcessing { get; init; }

    /// <summary>Chunks done.</summary>
    public long ChunksDone { get; init; }

    /// <summary>Chunks whose retries are used up, quarantined ones included.</summary>
    public long ChunksFailed { get; init; }

    /// <summary>Chunks in work whose lease is over.</summary>
    public long ChunksStuck { get; init; }

    /// <summary>Rows in the plan.</summary>
    public long RowsPlanned { get; init; }

    /// <summary>Rows marked by chunks that are not done (the documented "locked").</summary>
    public long RowsLocked { get; init; }

    /// <summary>Planned rows of chunks that are not done and hold no mark.</summary>
    public long RowsPending { get; init; }

    /// <summary>
    /// Rows that came or went after planning: rows examined in done chunks, at the end rows of the window, minus planned rows.
    /// </summary>
    public long RowsDrift { get; init; }

    /// <summary>
    /// Rows of the window that the run has not examined as they are now. 0 in a completed run; a run that cannot examine them all fails.
    /// Null until the run is verified.
    /// </summary>
    public long? RowsMissed { get; init; }

    /// <summary>Rows confirmed within the last hour.</summary>
    public long RowsRecentlyCompleted { get; init; }

    /// <summary>Reminders that Task 01 added; null until it is done.</summary>
    public long? RemindersAdded { get; init; }

    /// <summary>Reminders whose names Task 01 changed; null until it is done.</summary>
    public long? RemindersChanged { get; init; }

    /// <summary>Rows of the before-snapshot; null until Task 01 is done.</summary>
    public long? SnapshotRows { get; init; }

    /// <summary>Rows per second over the last minute of work, null before the first chunk is done.</summary>
    public double? RowsPerSecond { get; init; }

    /// <summary>Estimated time to the end, from the recent rate; null when unknown.</summary>
    public TimeSpan? Eta { get; init; }

    /// <summary>The same in seconds, for Measure-Object and for files.</summary>
    public double? EtaSeconds => Eta?.TotalSeconds;

    /// <summary>Share of planned rows that are through, 0 to 100.</summary>
    public double PercentComplete { get; init; }

    /// <summary>
    /// Whether later tasks may resolve rows that are still marked: only after a run that is completed, plausible or approved, recent, and
    /// the newest of its conflict schema.
    /// </summary>
    public bool SweepSafe { get; init; }

    /// <summary>Why the result of the completed run is not plausible; empty when it is, and before the run is completed.</summary>
    public string Implausible { get; init; } = "";

    /// <summary>When an operator approved the implausible run, by the database clock; null when it was not approved.</summary>
    public DateTimeOffset? ApprovedAt { get; init; }

    /// <summary>The database role that approved the run; empty when it was not approved.</summary>
    public string ApprovedBy { get; init; } = "";

    /// <summary>Why the run was approved; empty when it was not.</summary>
    public string ApprovedReason { get; init; } = "";

    /// <summary>The process that leads the run, or a state machine; empty in runs of older versions.</summary>
    public string Leader { get; init; } = "";

    /// <summary>When the run begins no further chunk, by the database clock; null where it has no such limit.</summary>
    public DateTimeOffset? StopAt { get; init; }

    /// <summary>Since when the run is suspended; null when it is not. Reason says by whom and why.</summary>
    public DateTimeOffset? SuspendedAt { get; init; }

    /// <summary>Workers that Set-CmEtlRun has set for each process of the run; null: each process goes by its own setting.</summary>
    public int? MaxConcurrency { get; init; }

    /// <summary>The hook that failed at the last start of the run, and why; empty when none did.</summary>
    public string HookFailure { get; init; } = "";

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{RunId}: {State}, {ChunksDone:N0} of {ChunksTotal:N0} chunks, {RowsConfirmed:N0} of {RowsPlanned:N0} rows confirmed");
}
