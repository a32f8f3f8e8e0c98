namespace CmEtl.Engine;

/// <content>Suspending, resuming and changing a run that another process may lead.</content>
public sealed partial class EtlEngine
{
    /// <summary>
    /// Suspends a running run: it starts no further chunk until <see cref="ContinueAsync"/>. Chunks in progress are finished, and its
    /// processes keep running.
    /// </summary>
    /// <param name="runId">The run; null means the newest.</param>
    /// <param name="reason">The reason for the ledger: one line, may be empty.</param>
    /// <param name="cancel">Stops the call.</param>
    /// <returns>The run. Throws when it is not running, or is led by a state machine.</returns>
    public Task<EtlStatus> SuspendAsync(string? runId, string reason, CancellationToken cancel) =>
        ControlAsync("Suspend", runId, (control, run) => control.SuspendAsync(run, PlainText.RequireReason(reason), cancel), cancel);

    /// <summary>Ends a suspension. Does nothing when the run is not suspended.</summary>
    /// <param name="runId">The run; null means the newest.</param>
    /// <param name="cancel">Stops the call.</param>
    public Task<EtlStatus> ContinueAsync(string? runId, CancellationToken cancel) =>
        ControlAsync("Resume", runId, (control, run) => control.ContinueAsync(run, cancel), cancel);

    /// <summary>Changes a running run, whichever process leads it.</summary>
    /// <param name="runId">The run; null means the newest.</param>
    /// <param name="maxConcurrency">Workers of each of its processes, 1 to 100; null for no change.</param>
    /// <param name="stopAt">When it stops starting chunks; null for no change.</param>
    /// <param name="cancel">Stops the call.</param>
    public Task<EtlStatus> SetRunAsync(string? runId, int? maxConcurrency, DateTimeOffset? stopAt, CancellationToken cancel) =>
        ControlAsync("Set", runId, (control, run) => control.SetAsync(run, maxConcurrency, stopAt, cancel), cancel);

    private async Task<EtlStatus> ControlAsync(string what, string? runId, Func<RunControl, RunRow, Task> change, CancellationToken cancel) =>
        await GuardAsync(what, async () =>
        {
            var run = await _runs.ReadOrNewestAsync(runId, cancel);
            await change(new RunControl(Settings, _runs, _database, _sql), run);
            return await _status.ReadAsync(run.RunId, cancel);
        });
}
