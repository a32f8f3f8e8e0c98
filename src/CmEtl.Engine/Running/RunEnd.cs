namespace CmEtl.Engine;

/// <summary>How a run ended, for every caller that waits for it. Only a run that is completed and sweep-safe is a success.</summary>
public static class RunEnd
{
    /// <summary>The problem with the end of a run.</summary>
    /// <param name="status">The run at its end.</param>
    /// <returns>The error to report, or null for a success.</returns>
    public static CmEtlException? ProblemOf(EtlStatus status) => status switch
    {
        { State: RunState.Completed, SweepSafe: true, HookFailure.Length: > 0 } => new CmEtlException(
            ErrorKind.Permanent, ErrorIds.HookFailed, $"Run {status.RunId} is completed and sweep-safe, but {status.HookFailure}.",
            "Correct the hook and do its work by hand. The run itself needs no action.") { Subject = status.RunId },
        { State: RunState.Completed, SweepSafe: true } => null,
        { State: RunState.Completed, Implausible.Length: > 0, ApprovedAt: null } => Problem(
            status, ErrorIds.RunImplausible, "is completed, but not sweep-safe",
            "Check the values in the message. If the result is right, approve the run. If not, correct the cause and start a new run."),
        { State: RunState.Completed } => Problem(
            status, ErrorIds.RunNotSweepSafe, "is completed, but not sweep-safe", "Start a new run."),
        { State: RunState.Failed } => Problem(
            status, ErrorIds.RunFailed, "failed",
            "Check the failed chunks, remove the cause and start again. Only the chunks that are not done are processed."),
        { State: RunState.Stopped } => Problem(
            status, ErrorIds.RunStopped, "ended", "The next start processes only the chunks that are not done."),
        { State: RunState.TimedOut } => Problem(
            status, ErrorIds.RunTimedOut, "ended", "The next start processes only the chunks that are not done."),
        { State: RunState.Abandoned } => Problem(
            status, ErrorIds.RunAbandoned, "ended", "Start a new run."),
        _ => Problem(
            status, ErrorIds.RunUnverified, "did not end as far as is known",
            "Check its status. If no process works on the run any more, start again to resume it."),
    };

    private static CmEtlException Problem(EtlStatus status, string id, string what, string remedy) => new(
        ErrorKind.Permanent, id, $"Run {status.RunId} {what}: {(status.Reason.Length > 0 ? status.Reason : "no reason is recorded").TrimEnd('.')}.", remedy)
    { Subject = status.RunId };
}
