using CmEtl.Engine;

namespace CmEtl.Lambda;

/// <summary>The two actions that end a run. Both may be repeated: a run that is completed is answered as such.</summary>
internal sealed class RunActions(EtlEngine engine)
{
    /// <summary>Task 02 in one invocation: plan, process every open chunk, verify.</summary>
    public async Task<EtlStatus> Task02Async(string runId, CancellationToken cancel)
    {
        var status = await engine.GetStatusAsync(runId, cancel);
        return status.State == RunState.Completed ? status : await ProcessAndFinishAsync(runId, cancel);
    }

    /// <summary>Verifies and ends the run; a redriven execution's failed run is taken up again first.</summary>
    public async Task<EtlStatus> VerifyAsync(string runId, int redriveCount, CancellationToken cancel)
    {
        var status = await engine.GetStatusAsync(runId, cancel);
        if (status.State == RunState.Completed)
        {
            return status;
        }

        if (redriveCount > 0)
        {
            await engine.BeginAsync(new StartRequest { RunId = runId, Phase = status.Phase }, cancel);
            return await ProcessAndFinishAsync(runId, cancel);
        }

        return Require(status.State == RunState.Running ? await engine.FinishAsync(runId, cancel) : status);
    }

    private async Task<EtlStatus> ProcessAndFinishAsync(string runId, CancellationToken cancel)
    {
        foreach (var chunk in await engine.PlanAsync(runId, cancel))
        {
            cancel.ThrowIfCancellationRequested();
            try
            {
                await engine.ProcessChunkAsync(runId, chunk.ChunkId, cancel);
            }
            catch (CmEtlException error) when (error.Kind == ErrorKind.Permanent)
            {
                // The ledger has it; its siblings do not wait for it, and the verification below names it.
            }
        }

        return Require(await engine.FinishAsync(runId, cancel));
    }

    private static EtlStatus Require(EtlStatus status) => status.State == RunState.Completed ? status : throw new CmEtlException(
        ErrorKind.Permanent, "RunNotCompleted", $"Run {status.RunId} is {RunReply.Text(status.State)}: {status.Reason}.",
        "Correct the cause, then redrive the execution or start a new one; done chunks are kept.") { Subject = status.RunId };
}
