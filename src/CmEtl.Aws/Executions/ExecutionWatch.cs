using CmEtl.Engine;

namespace CmEtl.Aws.Executions;

/// <summary>Waits for an execution's end, also while the service cannot be asked for some time.</summary>
/// <param name="executions">The service.</param>
/// <param name="complete">Adds what others know of the execution.</param>
/// <param name="progress">Receives every state seen.</param>
/// <param name="warn">Receives why the execution cannot be seen, and when it is seen again.</param>
public sealed class ExecutionWatch(
    ExecutionService executions, Func<EtlExecution, CancellationToken, Task<EtlExecution>> complete, IProgress<EtlExecution> progress,
        Action<string> warn)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);

    // Three to five requests a look; an account's DescribeExecution requests refill at 10 to 15 a second:
    // https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html.
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(4);

    /// <summary>How long an execution may stay unseen before the wait ends.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Looks once. The execution exists: when it cannot be seen, that is a warning, and its state is unknown.</summary>
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
    /// <param name="cancel">Ends the wait, not the execution.</param>
    /// <returns>The execution at its end with every state that failed; or as it was last seen, and why it cannot be seen.</returns>
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
