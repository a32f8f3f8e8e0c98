namespace CmEtl.Aws.Executions;

/// <summary>State of an execution: https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeExecution.html.</summary>
public enum ExecutionState
{
    /// <summary>The execution is in progress.</summary>
    Running,

    /// <summary>The execution succeeded.</summary>
    Succeeded,

    /// <summary>A state failed.</summary>
    Failed,

    /// <summary>The execution exceeded its time limit.</summary>
    TimedOut,

    /// <summary>The execution was stopped.</summary>
    Aborted,

    /// <summary>A child execution of a Distributed Map waits for its redrive.</summary>
    PendingRedrive,

    /// <summary>The state is unknown, because it could not be read. The execution is not affected.</summary>
    Unknown,
}
