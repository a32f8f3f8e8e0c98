using System.Management.Automation;
using CmEtl.Aws.Executions;
using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>Converts the engine's errors to error records.</summary>
internal static class ErrorRecords
{
    /// <summary>The cmdlets for the remedies of the engine.</summary>
    public static HostCommands Commands { get; } = new(typeof(ErrorRecords).Assembly.GetManifestResourceStream("Commands.csv")!);

    /// <param name="error">The error.</param>
    /// <param name="target">Target of the record if the error has no subject.</param>
    public static ErrorRecord ToErrorRecord(this CmEtlException error, object target) =>
        Create(error, error.ErrorId, Category(error), error.Subject ?? target, error.Message, Commands.Remedy(error));

    /// <summary>An error that ended a background run.</summary>
    /// <param name="error">The error, also an unexpected one.</param>
    /// <param name="target">The run or the database.</param>
    public static ErrorRecord RunBroken(Exception error, object target) => error is CmEtlException known
        ? known.ToErrorRecord(target)
        : Create(error, ErrorIds.RunBroken, ErrorCategory.InvalidResult, target, $"The run ended with an unexpected {error.GetType().Name}.",
            "Run Start-CmEtl to resume it. Finished chunks are not repeated.");

    /// <summary>The error of a run that is not completed and sweep-safe. Null for a successful run.</summary>
    /// <param name="status">The run when it has ended.</param>
    /// <param name="failed">Its chunks that failed.</param>
    public static ErrorRecord? RunEnded(EtlStatus status, IReadOnlyList<ChunkInfo> failed)
    {
        if (RunEnd.ProblemOf(status) is not { } problem)
        {
            return null;
        }

        var names = failed.Count == 0 ? "" : $" Failed chunks: {Names(failed)}.";
        return Create(problem, problem.ErrorId, Category(problem), status.RunId, $"{problem.Message}{names}", Commands.Remedy(problem));
    }

    /// <summary>An execution that did not succeed.</summary>
    public static ErrorRecord ExecutionFailed(EtlExecution execution)
    {
        var reason = execution.Reason.Length > 0 ? execution.Reason.TrimEnd('.') : "no reason was given";
        var message = $"Execution {execution.Name} ended as {execution.State} in {execution.Step}: {execution.Error} {reason}.";
        var remedy = execution.Redrivable
            ? $"Remove the cause and run 'Start-CmEtl -Redrive -ExecutionArn {execution.ExecutionArn}'. Finished chunks are not repeated."
            : "Remove the cause and start a new execution. Finished chunks are not repeated.";
        return Create(new InvalidOperationException(message), ErrorIds.ExecutionFailed, ErrorCategory.InvalidResult, execution.ExecutionArn,
            message, remedy);
    }

    private static ErrorRecord Create(Exception e, string id, ErrorCategory category, object? target, string message, string remedy) =>
        new(e, id, category, target) { ErrorDetails = new ErrorDetails($"{message} {remedy}".TrimEnd()) { RecommendedAction = remedy } };

    private static string Names(IReadOnlyList<ChunkInfo> chunks)
    {
        const int Most = 10;
        var names = string.Join(", ", chunks.Take(Most).Select(c => c.ChunkId));
        return chunks.Count > Most ? $"{names} and {chunks.Count - Most} more" : names;
    }

    private static ErrorCategory Category(CmEtlException error) => error.Kind switch
    {
        ErrorKind.Configuration => error.SqlState is null ? ErrorCategory.InvalidArgument : ErrorCategory.InvalidData,
        ErrorKind.Busy => ErrorCategory.ResourceBusy,
        ErrorKind.Transient when error.ErrorId is ErrorIds.ConnectTimeout or ErrorIds.ServiceTimeout or ErrorIds.WaitTimeout =>
            ErrorCategory.OperationTimeout,
        // 57014 query_canceled (statement_timeout), 55P03 lock_not_available (lock_timeout)
        ErrorKind.Transient => error.SqlState is "57014" or "55P03" ? ErrorCategory.OperationTimeout : ErrorCategory.ConnectionError,
        _ => ErrorCategory.InvalidResult,
    };
}
