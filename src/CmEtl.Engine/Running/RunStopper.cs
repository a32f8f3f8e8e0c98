namespace CmEtl.Engine;

/// <summary>Ends a run from outside: politely while somebody works on it, for good when it is abandoned.</summary>
internal sealed class RunStopper(EtlSettings settings, RunLedger runs, RunSteps steps, StuckRowRepair repair)
{
    public async Task StopAsync(string runId, bool abandon, bool force, string reason, CancellationToken cancel)
    {
        PlainText.RequireReason(reason);
        var run = await runs.ReadAsync(runId, cancel);
        var alive = await runs.IsAliveAsync(runId, cancel);
        if (!abandon)
        {
            await RequestAsync(run, alive, reason, cancel);
            return;
        }

        if (run.State is RunState.Completed or RunState.Abandoned)
        {
            throw new CmEtlException(
                ErrorKind.Permanent, ErrorIds.RunFinished, $"Run {runId} is {RunLedger.Text(run.State)}; there is nothing to give up.",
                "Nothing to do.") { Subject = runId };
        }

        if (alive && !force)
        {
            throw new CmEtlException(
                ErrorKind.Busy, ErrorIds.RunActive, $"Run {runId} is active: somebody has worked on it within the last {settings.LeaseSeconds} s.",
                "Ask it to stop with Stop-CmEtl, or use -Force: its workers are fenced off then.") { Subject = runId };
        }

        await runs.AbandonAsync(runId, reason.Length > 0 ? reason : "abandoned on request", cancel);
        await repair.ReleaseRunAsync(runId, leader: null, cancel);
        await steps.CloseAsync(cancel);
    }

    private async Task RequestAsync(RunRow run, bool alive, string reason, CancellationToken cancel)
    {
        if (run.State != RunState.Running)
        {
            return;
        }

        await runs.RequestStopAsync(run.RunId, cancel);
        if (!alive)
        {
            // Nobody is there to hear the request: the run is ended here, still resumable.
            await steps.EndAsync(run, RunState.Stopped, reason.Length > 0 ? reason : "stopped; nobody was working on it", cancel);
            await steps.CloseAsync(cancel);
        }
    }
}
