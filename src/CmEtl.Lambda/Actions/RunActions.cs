using CmEtl.Engine;

namespace CmEtl.Lambda;

/// <summary>
/// The two actions that end a run. Both can be repeated. They succeed only for a run that is completed and sweep-safe. A run that is not
/// plausible fails until an operator has approved it.
/// </summary>
internal sealed class RunActions(EtlEngine engine, FunctionMetrics metrics)
{
    /// <summary>Task 02 in one invocation: plan, process every open chunk, verify.</summary>
    public async Task<RunReply> Task02Async(ActionInput input, CancellationToken cancel)
    {
        var runId = input.RunId;
        var status = await engine.GetStatusAsync(runId, cancel);
        if (status.State == RunState.Completed)
        {
            return Require(status);
        }

        foreach (var chunk in await engine.PlanAsync(runId, cancel))
        {
            cancel.ThrowIfCancellationRequested();
            try
            {
                metrics.Chunk(await engine.ProcessChunkAsync(runId, chunk.ChunkId, cancel, input.Deadline));
            }
            catch (CmEtlException error) when (error.Kind == ErrorKind.Permanent)
            {
                // The failure is in the ledger. Other chunks continue, and the verification below reports it.
            }
        }

        return Require(await engine.FinishAsync(runId, cancel));
    }

    /// <summary>Verifies and ends the run.</summary>
    /// <returns>
    /// A completed and sweep-safe run. Or, once in a redriven execution, an unfinished run: the state machine then repeats all steps, and
    /// each step skips what is done. Or more chunks, if the plan has grown since the chunks were handed out, because some chunks reached
    /// their time limit and were split: the state machine then processes the unfinished chunks. This ends, because a single row is not
    /// split.
    /// </returns>
    public async Task<RunReply> VerifyAsync(ActionInput input, CancellationToken cancel)
    {
        var status = await engine.GetStatusAsync(input.RunId, cancel);
        return status.State switch
        {
            RunState.Completed => Require(status),
            _ when input.Redriven => RunReply.From(status, RunReply.Unfinished),
            RunState.Running when status.ChunksTotal > input.PlannedChunks && status.ChunksDone < status.ChunksTotal =>
                RunReply.From(status, RunReply.MoreChunks),
            RunState.Running => Require(await engine.FinishAsync(input.RunId, cancel)),
            _ => Require(status),
        };
    }

    private static RunReply Require(EtlStatus status) => RunEnd.ProblemOf(status) is { } problem ? throw problem : RunReply.From(status);
}
