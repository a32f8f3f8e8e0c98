using CmEtl.Engine;

namespace CmEtl.Aws.Executions;

/// <summary>Status of an execution, from Step Functions and, if the database could be reached, from the ledger.</summary>
public sealed record EtlExecution
{
    /// <summary>ARN of the execution.</summary>
    public required string ExecutionArn { get; init; }

    /// <summary>ARN of the state machine.</summary>
    public required string StateMachineArn { get; init; }

    /// <summary>Name of the execution, which is also the id of the run unless it resumed an unfinished one.</summary>
    public required string Name { get; init; }

    /// <summary>Id of the run. Null before it is known.</summary>
    public string? RunId { get; init; }

    /// <summary>State of the execution.</summary>
    public required ExecutionState State { get; init; }

    /// <summary>The current or last outermost state.</summary>
    public string Step { get; init; } = "";

    /// <summary>Start by the service's clock.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>End by the service's clock. Null while the execution is running.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Time since the start, or the whole duration.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The same in seconds, for Measure-Object and for files.</summary>
    public double ElapsedSeconds => Elapsed.TotalSeconds;

    /// <summary>Number of redrives.</summary>
    public int RedriveCount { get; init; }

    /// <summary>Whether Start-CmEtl -Redrive can continue the execution.</summary>
    public bool Redrivable { get; init; }

    /// <summary>Name of the error that ended the execution. Empty if no error ended it.</summary>
    public string Error { get; init; } = "";

    /// <summary>The function's message about the error.</summary>
    public string Reason { get; init; } = "";

    /// <summary>States whose retries were used up, including chunks, in the order in which they failed.</summary>
    public IReadOnlyList<FailedState> FailedStates
    {
        get;
        init => field = new TextList<FailedState>([.. value]);
    } = new TextList<FailedState>([]);

    /// <summary>The outermost states in the order in which they were entered. Read together with the failed states.</summary>
    public IReadOnlyList<string> Path
    {
        get;
        init => field = new TextList<string>([.. value]);
    } = new TextList<string>([]);

    /// <summary>Lines of the function's log about failures. Only with -IncludeLog.</summary>
    public IReadOnlyList<LogLine> Log
    {
        get;
        init => field = new TextList<LogLine>([.. value]);
    } = new TextList<LogLine>([]);

    /// <summary>Address of the execution in the AWS console. Empty for a partition whose console is unknown.</summary>
    public string ConsoleUrl => ConsoleLink.To(ExecutionArn);

    /// <summary>The last Distributed Map, or null.</summary>
    public MapRunStatus? MapRun { get; init; }

    /// <summary>The run in the ledger. Null if the database was not read or has no such run.</summary>
    public EtlStatus? Run { get; init; }

    /// <summary>Creates a record from the data in the ARN alone.</summary>
    internal static EtlExecution Unseen(string executionArn)
    {
        var parts = executionArn.Split(':');
        return new EtlExecution
        {
            ExecutionArn = executionArn,
            StateMachineArn = parts is [.. var account, "execution", var machine, _] ? string.Join(':', [.. account, "stateMachine", machine]) : "",
            Name = parts[^1],
            State = ExecutionState.Unknown,
        };
    }
}
