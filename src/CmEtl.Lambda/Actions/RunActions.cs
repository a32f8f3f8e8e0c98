using CmEtl.Engine;

namespace CmEtl.Lambda;

/// <summary>The two actions that end a run. Both may be repeated: a run that is completed is answered as such.</summary>
internal sealed class RunActions(EtlEngine engine)
{
    /// <summary>Task 02 in one invocation: plan, process every open chunk, verify.</summary>
    public async Task<EtlStatus> Task02Async(string runId, CancellationToken cancel)
    {
        var status = await engine.GetStatusAsync(runId, cancel);
        if (status.State == RunState.Completed)
        {
            return status;
        }

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

    /// <summary>Verifies and ends the run.</summary>
    /// <returns>
    /// The completed run; or, once in a redriven execution, the run as it was left, answered as unfinished: the state machine then goes
    /// through all steps again, and each skips what is done.
    /// </returns>
    public async Task<EtlStatus> VerifyAsync(string runId, bool redriven, CancellationToken cancel)
    {
        var status = await engine.GetStatusAsync(runId, cancel);
        return status.State == RunState.Completed || redriven
            ? status
            : Require(status.State == RunState.Running ? await engine.FinishAsync(runId, cancel) : status);
    }

    private static EtlStatus Require(EtlStatus status) => status.State == RunState.Completed ? status : throw new CmEtlException(
        ErrorKind.Permanent, "RunNotCompleted", $"Run {status.RunId} is {RunReply.Text(status.State)}: {status.Reason}.",
        "Correct the cause, then redrive the execution or start a new one; done chunks are kept.") { Subject = status.RunId };
}
