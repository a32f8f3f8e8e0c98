using System.Globalization;

namespace CmEtl.Engine;

/// <summary>
/// The status of a run, read from the ledger in one statement, for progress bars, <c>Get-CmEtlStatus</c>, logs and function replies. Row
/// counts come from the ledger. Confirmed rows were updated in this run, for unconfirmed rows no rule held and they stay marked for the
/// sweep, deferred rows (in-service, paid time off) belong to later tasks.
/// </summary>
public sealed record EtlStatus : RowCounts
{
    /// <summary>The run's id. On Step Functions, the name of the execution.</summary>
    public required string RunId { get; init; }

    /// <summary>The state of the run.</summary>
    public required RunState State { get; init; }

    /// <summary>The current step.</summary>
    public required EtlStep Step { get; init; }

    /// <summary>
    /// The reason for the state: what failed, who stopped the run, what it waits for. Empty when there is nothing to report.
    /// </summary>
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

    /// <summary>Start, by the database clock.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>End, by the database clock; null while the run is running.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Time since the start, or the duration of a run that has ended.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The same in seconds, for Measure-Object and files.</summary>
    public double ElapsedSeconds => Elapsed.TotalSeconds;

    /// <summary>Chunks in the plan.</summary>
    public long ChunksTotal { get; init; }

    /// <summary>Chunks that wait for a worker.</summary>
    public long ChunksPending { get; init; }

    /// <summary>Chunks that are being processed, including stuck ones.</summary>
    public long ChunksProcessing { get; init; }

    /// <summary>Chunks that are done.</summary>
    public long ChunksDone { get; init; }

    /// <summary>Chunks whose retries are used up, including quarantined ones.</summary>
    public long ChunksFailed { get; init; }

    /// <summary>Chunks whose worker's lease has expired.</summary>
    public long ChunksStuck { get; init; }

    /// <summary>Rows in the plan.</summary>
    public long RowsPlanned { get; init; }

    /// <summary>Rows marked by chunks that are not done (the documented "locked").</summary>
    public long RowsLocked { get; init; }

    /// <summary>Planned rows without a mark in chunks that are not done.</summary>
    public long RowsPending { get; init; }

    /// <summary>
    /// Rows that were added (or, if negative, removed) after planning: rows examined in chunks that are done, at the end rows of the
    /// window, minus planned rows.
    /// </summary>
    public long RowsDrift { get; init; }

    /// <summary>
    /// Rows of the window whose current version the run has not examined. 0 in a completed run; a run that cannot examine all of them
    /// fails. Null until the run is verified.
    /// </summary>
    public long? RowsMissed { get; init; }

    /// <summary>Rows confirmed within the last hour.</summary>
    public long RowsRecentlyCompleted { get; init; }

    /// <summary>Reminders that Task 01 added; null until it is done.</summary>
    public long? RemindersAdded { get; init; }

    /// <summary>Reminders whose names Task 01 changed; null until it is done.</summary>
    public long? RemindersChanged { get; init; }

    /// <summary>Rows of the snapshot; null until Task 01 is done.</summary>
    public long? SnapshotRows { get; init; }

    /// <summary>Rows per second over the last minute of work; null before the first chunk is done.</summary>
    public double? RowsPerSecond { get; init; }

    /// <summary>Estimated time to the end, from the recent rate; null when unknown.</summary>
    public TimeSpan? Eta { get; init; }

    /// <summary>The same in seconds, for Measure-Object and for files.</summary>
    public double? EtaSeconds => Eta?.TotalSeconds;

    /// <summary>Percentage of planned rows that are processed, 0 to 100.</summary>
    public double PercentComplete { get; init; }

    /// <summary>
    /// Whether later tasks may resolve rows that are still marked. True only if the run is completed, plausible or approved, recent, and
    /// the newest of its conflict schema.
    /// </summary>
    public bool SweepSafe { get; init; }

    /// <summary>Why the result of the completed run is implausible; empty when it is plausible, and before the run is completed.</summary>
    public string Implausible { get; init; } = "";

    /// <summary>When an operator approved the implausible run, by the database clock; null when it was not approved.</summary>
    public DateTimeOffset? ApprovedAt { get; init; }

    /// <summary>The database role that approved the run; empty when it was not approved.</summary>
    public string ApprovedBy { get; init; } = "";

    /// <summary>Why the run was approved; empty when it was not.</summary>
    public string ApprovedReason { get; init; } = "";

    /// <summary>The process that leads the run, or a state machine; empty in runs of older versions.</summary>
    public string Leader { get; init; } = "";

    /// <summary>When the run stops starting chunks, by the database clock; null when it has no such limit.</summary>
    public DateTimeOffset? StopAt { get; init; }

    /// <summary>Since when the run is suspended; null when it is not. Reason contains by whom and why.</summary>
    public DateTimeOffset? SuspendedAt { get; init; }

    /// <summary>Workers that Set-CmEtlRun has set for each process of the run; null when each process uses its own setting.</summary>
    public int? MaxConcurrency { get; init; }

    /// <summary>The hook that failed at the last start of the run, and why; empty when none failed.</summary>
    public string HookFailure { get; init; } = "";

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{RunId}: {State}, {ChunksDone:N0} of {ChunksTotal:N0} chunks, {RowsConfirmed:N0} of {RowsPlanned:N0} rows confirmed");
}
