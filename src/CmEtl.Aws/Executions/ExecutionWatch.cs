using CmEtl.Engine;

namespace CmEtl.Aws.Executions;

/// <summary>Waits for an execution's end, and tolerates that its status cannot be read for some time.</summary>
/// <param name="executions">Reads the execution.</param>
/// <param name="complete">Adds data from other sources to the execution.</param>
/// <param name="progress">Receives every status read.</param>
/// <param name="warn">Receives a warning when the status cannot be read, and when it can be read again.</param>
public sealed class ExecutionWatch(
    ExecutionService executions, Func<EtlExecution, CancellationToken, Task<EtlExecution>> complete, IProgress<EtlExecution> progress,
        Action<string> warn)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);

    // Each status needs three to five requests. An account's DescribeExecution requests refill at 10 to 15 per second:
    // https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html.
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(4);

    /// <summary>How long the status may be unreadable before the wait ends.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Reads the status once. The execution exists, so a failure to read it is a warning, and the state is unknown.</summary>
    public async Task<EtlExecution> LookAsync(string executionArn, CancellationToken cancel)
    {
        try
        {
            return await complete(await executions.GetAsync(executionArn, cancel), cancel);
        }
        catch (Exception error) when (!cancel.IsCancellationRequested && AwsErrors.Translate(error) is { } problem)
        {
            warn(CannotSee(executionArn, problem));
            return EtlExecution.Unseen(executionArn);
        }
    }

    /// <summary>Waits for the end.</summary>
    /// <param name="executionArn">The execution.</param>
    /// <param name="cancel">Cancels the wait, not the execution.</param>
    /// <returns>The ended execution with every failed state, or its last known status and the error that prevents reading it.</returns>
    public async Task<(EtlExecution Execution, CmEtlException? Unseen)> WaitAsync(string executionArn, CancellationToken cancel)
    {
        var last = EtlExecution.Unseen(executionArn);
        var seen = DateTime.UtcNow;
        string? warned = null;
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                last = await complete(await executions.GetAsync(executionArn, cancel, last.RunId), cancel);
                progress.Report(last);
                if (warned is not null)
                {
                    warn($"The status of execution {last.Name} can be read again: {last.State}, {last.Step}.");
                }

                (seen, warned) = (DateTime.UtcNow, null);
                if (last.State != ExecutionState.Running)
                {
                    return (await executions.WithFailuresAsync(last, cancel), null);
                }
            }
            catch (Exception error) when (!cancel.IsCancellationRequested && AwsErrors.Translate(error) is { } problem)
            {
                if (!MayPass(problem) || DateTime.UtcNow - seen > Patience)
                {
                    return (last, Unseen(executionArn, problem));
                }

                if (problem.ErrorId != warned)
                {
                    warn($"{CannotSee(executionArn, problem)} Still waiting.");
                    warned = problem.ErrorId;
                }
            }

            await Task.Delay(pause, cancel);
        }
    }

    // Credentials can be renewed while this waits, and a new execution is not visible at once: DescribeExecution is eventually consistent,
    // https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeExecution.html.
    private static bool MayPass(CmEtlException problem) =>
        problem.Kind is ErrorKind.Transient || problem.ErrorId is ErrorIds.NoCredentials or "ExpiredToken" or "ExpiredTokenException" or "ExecutionDoesNotExist";

    private static string CannotSee(string executionArn, CmEtlException problem) =>
        $"The status of execution {executionArn.Split(':')[^1]} cannot be read: {problem.Message} {problem.Remedy} The execution continues.";

    private static CmEtlException Unseen(string executionArn, CmEtlException problem) => new(
        problem.Kind, ErrorIds.ExecutionNotSeen, $"The wait for execution {executionArn.Split(':')[^1]} ended before its result was known: {problem.Message}",
        $"{problem.Remedy} Then wait again: Get-CmEtlStatus -ExecutionArn {executionArn} -Wait.") { Subject = executionArn };
}
