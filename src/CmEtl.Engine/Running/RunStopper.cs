namespace CmEtl.Engine;

/// <summary>Ends a run from outside: after the chunks in progress, or by abandoning it.</summary>
internal sealed class RunStopper(RunLedger runs, RunControl control, RunSteps steps, StuckRowRepair repair, WorkerSessions sessions)
{
    public async Task StopAsync(string runId, bool abandon, bool force, string reason, CancellationToken cancel)
    {
        PlainText.RequireReason(reason);
        var run = await runs.ReadAsync(runId, cancel);
        if (!abandon)
        {
            if (await control.StopAsync(run, reason, cancel))
            {
                await steps.CloseAsync(run, cancel);
            }

            return;
        }

        await control.AbandonAsync(run, force, reason, Fence, cancel);
        await repair.ReleaseRunAsync(runId, leader: null, cancel);
        await steps.CloseAsync(run, cancel);

        Task Fence(Task<int> fence) => force ? sessions.EndWhileAsync(runId, WorkerSessions.WholeRun, fence, cancel) : fence;
    }
}
