using CmEtl.Engine;

namespace CmEtl.Aws.Executions;

/// <summary>One picture of an execution: what Step Functions says, and what the ledger says where it could be asked.</summary>
public sealed record EtlExecution
{
    /// <summary>Its ARN.</summary>
    public required string ExecutionArn { get; init; }

    /// <summary>The machine's ARN.</summary>
    public required string StateMachineArn { get; init; }

    /// <summary>Its name: the id of the run that it began, unless it took up an unfinished one.</summary>
    public required string Name { get; init; }

    /// <summary>The run it works on; null before it is known.</summary>
    public string? RunId { get; init; }

    /// <summary>Where it stands.</summary>
    public required ExecutionState State { get; init; }

    /// <summary>The outermost state it is in, or ended in.</summary>
    public string Step { get; init; } = "";

    /// <summary>Start by the service's clock.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>End by the service's clock, null while it runs.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Time since the start, or the whole duration.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Times it was redriven.</summary>
    public int RedriveCount { get; init; }

    /// <summary>Whether Start-CmEtl -Redrive can take it up again.</summary>
    public bool Redrivable { get; init; }

    /// <summary>Name of the error it ended with, empty when there is none.</summary>
    public string Error { get; init; } = "";

    /// <summary>What the function said about it.</summary>
    public string Reason { get; init; } = "";

    /// <summary>States whose retries were used up, chunks among them, in the order they failed.</summary>
    public IReadOnlyList<FailedState> FailedStates
    {
        get;
        init => field = new TextList<FailedState>([.. value]);
    } = new TextList<FailedState>([]);

    /// <summary>The outermost states in the order in which they were entered; read with the failed states.</summary>
    public IReadOnlyList<string> Path
    {
        get;
        init => field = new TextList<string>([.. value]);
    } = new TextList<string>([]);

    /// <summary>Lines of the function's log about what failed; with -IncludeLog.</summary>
    public IReadOnlyList<LogLine> Log
    {
        get;
        init => field = new TextList<LogLine>([.. value]);
    } = new TextList<LogLine>([]);

    /// <summary>Its page in the AWS console; empty for a partition whose console is not known.</summary>
    public string ConsoleUrl => ConsoleLink.To(ExecutionArn);

    /// <summary>The last Distributed Map, or null.</summary>
    public MapRunStatus? MapRun { get; init; }

    /// <summary>The run in the ledger; null when the database was not asked or does not know it.</summary>
    public EtlStatus? Run { get; init; }

    /// <summary>What is known of an execution from its ARN alone.</summary>
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
