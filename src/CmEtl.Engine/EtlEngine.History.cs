namespace CmEtl.Engine;

/// <content>Past runs: waiting for their end, their events, the report, and the removal of old history.</content>
public sealed partial class EtlEngine
{
    /// <summary>Everything that the ledger knows about a run, as of one point in time.</summary>
    /// <param name="runId">The run; null means the newest.</param>
    /// <param name="changes">Whether to compare the snapshot with the table too, which reads both.</param>
    /// <param name="cancel">Stops the call.</param>
    public Task<EtlReport> GetReportAsync(string? runId, bool changes, CancellationToken cancel) => GuardAsync("Report", async () =>
    {
        var run = await _runs.ReadOrNewestAsync(runId, cancel);
        var report = await new ReportReader(Settings, _database, _sql, _events).ReadAsync(run.RunId, cancel);
        return changes ? report with { Changes = await new RunComparer(Settings, _database, _sql).CompareAsync(run, cancel) } : report;
    });

    /// <summary>Waits for the end of a run that was started elsewhere. Canceling does not affect the run.</summary>
    /// <param name="runId">The run; null means the newest.</param>
    /// <param name="timeout">How long to wait before <see cref="ErrorIds.WaitTimeout"/> is thrown; null means until the end.</param>
    /// <param name="progress">Called about once a second.</param>
    /// <param name="cancel">Stops waiting.</param>
    /// <returns>The run at its end, even if it failed. Still running when no process works on it any more.</returns>
    public Task<EtlStatus> WaitAsync(string? runId, TimeSpan? timeout, IProgress<EtlStatus>? progress, CancellationToken cancel) =>
        GuardAsync("Wait", async () =>
        await new RunWaiter(Settings, _runs, _status, _database, _outage)
            .WaitAsync(await _runs.ResolveAsync(runId, cancel), timeout, progress, cancel));

    /// <summary>Reads events, oldest first.</summary>
    public Task<IReadOnlyList<EtlEvent>> GetEventsAsync(EventQuery query, CancellationToken cancel) =>
        GuardAsync("Events", () => _events.ReadAsync(query, cancel));

    /// <summary>Reads events as they are written, until the run has ended.</summary>
    /// <param name="query">Which events. For all runs, the call ends only when canceled.</param>
    /// <param name="write">Called once for each event, from another thread.</param>
    /// <param name="cancel">Stops following.</param>
    /// <returns>The number of events passed on.</returns>
    public Task<long> FollowEventsAsync(EventQuery query, Action<EtlEvent> write, CancellationToken cancel) => GuardAsync("Events", async () =>
    {
        var count = 0L;
        await _events.FollowAsync(query, e => { count++; write(e); }, cancel);
        return count;
    });

    /// <summary>The changes of a run: compares the snapshot of Task 01 with the current table, in one pass.</summary>
    /// <param name="runId">The run; null means the newest. Throws when the snapshot belongs to another run.</param>
    /// <param name="cancel">Stops the call.</param>
    public Task<IReadOnlyList<RunChange>> CompareAsync(string? runId, CancellationToken cancel) => GuardAsync("Comparison", async () =>
        await new RunComparer(Settings, _database, _sql)
            .CompareAsync(await _runs.ReadOrNewestAsync(runId, cancel), cancel));

    /// <summary>
    /// Deletes old runs from the ledger, and removes the bounds of chunks, which contain SSNs, from runs that no longer need them.
    /// </summary>
    /// <param name="olderThan">Runs that ended at least this long ago are deleted. The ten newest completed runs, and runs that are still
    /// needed, are kept.</param>
    /// <param name="preview">Only counts; nothing is removed.</param>
    /// <param name="cancel">Stops the call. Nothing is removed then.</param>
    public Task<HistoryCleared> ClearHistoryAsync(TimeSpan olderThan, bool preview, CancellationToken cancel) =>
        GuardAsync("History", () => _history.ClearAsync(olderThan, commit: !preview, cancel));
}
