namespace CmEtl.Engine;

/// <summary>How a run ended, for everything that waits for one: only a run that is completed and sweep-safe is a success.</summary>
public static class RunEnd
{
    /// <summary>What is wrong with the end of a run.</summary>
    /// <param name="status">The run at its end.</param>
    /// <returns>The error to report, or null for a success.</returns>
    public static CmEtlException? ProblemOf(EtlStatus status) => status switch
    {
        { State: RunState.Completed, SweepSafe: true, HookFailure.Length: > 0 } => new CmEtlException(
            ErrorKind.Permanent, ErrorIds.HookFailed, $"Run {status.RunId} is completed and sweep-safe, but {status.HookFailure}.",
            "Correct the hook, and do by hand what it should have done. The run itself needs nothing.") { Subject = status.RunId },
        { State: RunState.Completed, SweepSafe: true } => null,
        { State: RunState.Completed, Implausible.Length: > 0, ApprovedAt: null } => Problem(
            status, ErrorIds.RunImplausible, "is completed, but not sweep-safe",
            $"Check what it names. If the result is right: Approve-CmEtlRun -RunId {status.RunId} -Reason '...'. If not: correct the cause and start a new run."),
        { State: RunState.Completed } => Problem(
            status, ErrorIds.RunNotSweepSafe, "is completed, but not sweep-safe", "Start a new run: Start-CmEtl -Wait."),
        { State: RunState.Failed } => Problem(
            status, ErrorIds.RunFailed, "failed",
            $"Look at 'Get-CmChunkPlan -RunId {status.RunId}', remove the cause and run Start-CmEtl again: it does only what is left."),
        { State: RunState.Stopped } => Problem(
            status, ErrorIds.RunStopped, "was stopped", "Start-CmEtl resumes it: it does only what is left."),
        { State: RunState.TimedOut } => Problem(
            status, ErrorIds.RunTimedOut, "did not get done in its time", "Start-CmEtl resumes it: it does only what is left."),
        { State: RunState.Abandoned } => Problem(
            status, ErrorIds.RunAbandoned, "was abandoned", "Start a new run: Start-CmEtl -Wait."),
        _ => Problem(
            status, ErrorIds.RunUnverified, "was not seen to end",
            $"Look at 'Get-CmEtlStatus -RunId {status.RunId}'. If it is not at work any more, Start-CmEtl resumes it."),
    };

    private static CmEtlException Problem(EtlStatus status, string id, string what, string remedy) => new(
        ErrorKind.Permanent, id, $"Run {status.RunId} {what}: {(status.Reason.Length > 0 ? status.Reason.TrimEnd('.') : "no reason is recorded")}.", remedy)
    {
        Subject = status.RunId,
    };
}
