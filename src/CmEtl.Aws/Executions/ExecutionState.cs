namespace CmEtl.Aws.Executions;

/// <summary>Where an execution stands: https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeExecution.html.</summary>
public enum ExecutionState
{
    /// <summary>Under way.</summary>
    Running,

    /// <summary>Ended well.</summary>
    Succeeded,

    /// <summary>A state failed.</summary>
    Failed,

    /// <summary>It took too long.</summary>
    TimedOut,

    /// <summary>Somebody stopped it.</summary>
    Aborted,

    /// <summary>A child of a Distributed Map that waits for its redrive.</summary>
    PendingRedrive,

    /// <summary>Not known: the service could not be asked. The execution itself is not affected.</summary>
    Unknown,
}
