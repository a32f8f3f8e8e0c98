namespace CmEtl.Engine;

/// <content>Looking back at runs: waiting for their end, their events, the report, and what is removed when they are old.</content>
public sealed partial class EtlEngine
{
    /// <summary>All that the ledger knows of a run, as it is at one moment.</summary>
    /// <param name="runId">The run; null means the newest.</param>
    /// <param name="changes">Whether to compare the before-snapshot with the table, too, which reads both.</param>
    /// <param name="cancel">Stops the call.</param>
    public Task<EtlReport> GetReportAsync(string? runId, bool changes, CancellationToken cancel) => GuardAsync("Report", async () =>
    {
        var run = await _runs.ReadAsync(await _runs.ResolveAsync(runId, cancel), cancel);
        var report = await new ReportReader(Settings, _database, _sql, _events).ReadAsync(run.RunId, cancel);
        return changes ? report with { Changes = await new RunComparer(Settings, _database, _sql).CompareAsync(run, cancel) } : report;
    });

    /// <summary>Waits for the end of a run that was started elsewhere. Canceling leaves the run alone.</summary>
    /// <param name="runId">The run; null means the newest.</param>
    /// <param name="timeout">How long to wait; null means until the end. Then <see cref="ErrorIds.WaitTimeout"/> is thrown.</param>
    /// <param name="progress">Called about once a second.</param>
    /// <param name="cancel">Stops waiting.</param>
    /// <returns>The run at its end, also one that failed; still running when no process works on it any more.</returns>
    public Task<EtlStatus> WaitAsync(string? runId, TimeSpan? timeout, IProgress<EtlStatus>? progress, CancellationToken cancel) =>
        GuardAsync("Wait", async () =>
        await new RunWaiter(Settings, _runs, _status, _database, _outage)
            .WaitAsync(await _runs.ResolveAsync(runId, cancel), timeout, progress, cancel));

    /// <summary>Events, oldest first.</summary>
    public Task<IReadOnlyList<EtlEvent>> GetEventsAsync(EventQuery query, CancellationToken cancel) =>
        GuardAsync("Events", () => _events.ReadAsync(query, cancel));

    /// <summary>Events, as they are written, until the run has ended.</summary>
    /// <param name="query">Which events. For all runs it ends only when it is canceled.</param>
    /// <param name="write">Called for each event once, from another thread.</param>
    /// <param name="cancel">Stops following.</param>
    /// <returns>How many events were handed on.</returns>
    public Task<long> FollowEventsAsync(EventQuery query, Action<EtlEvent> write, CancellationToken cancel) => GuardAsync("Events", async () =>
    {
        var count = 0L;
        await _events.FollowAsync(query, e => { count++; write(e); }, cancel);
        return count;
    });

    /// <summary>What a run has changed: the before-snapshot of Task 01 compared with the table as it is now, in one pass.</summary>
    /// <param name="runId">The run; null means the newest. Throws when the snapshot is that of another run.</param>
    /// <param name="cancel">Stops the call.</param>
    public Task<IReadOnlyList<RunChange>> CompareAsync(string? runId, CancellationToken cancel) => GuardAsync("Comparison", async () =>
        await new RunComparer(Settings, _database, _sql)
            .CompareAsync(await _runs.ReadAsync(await _runs.ResolveAsync(runId, cancel), cancel), cancel));

    /// <summary>
    /// Deletes old runs from the ledger, and removes the bounds of chunks, which hold SSNs, from runs that need them no more.
    /// </summary>
    /// <param name="olderThan">Runs that ended at least this long ago are deleted. The newest ten completed runs and those still needed are
    /// kept.</param>
    /// <param name="preview">Only count; nothing is removed.</param>
    /// <param name="cancel">Stops the call; nothing is removed then.</param>
    public Task<HistoryCleared> ClearHistoryAsync(TimeSpan olderThan, bool preview, CancellationToken cancel) =>
        GuardAsync("History", () => _history.ClearAsync(olderThan, commit: !preview, cancel));
}
