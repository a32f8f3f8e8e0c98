namespace CmEtl.Aws.StepFunctions;

/// <summary>An execution as it stands.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeExecution.html</remarks>
public sealed record DescribeExecutionResponse
{
    /// <summary>The execution.</summary>
    public string ExecutionArn { get; init; } = "";

    /// <summary>Its machine.</summary>
    public string StateMachineArn { get; init; } = "";

    /// <summary>Its version, when started on one.</summary>
    public string? StateMachineVersionArn { get; init; }

    /// <summary>Its name.</summary>
    public string Name { get; init; } = "";

    /// <summary>RUNNING, SUCCEEDED, FAILED, TIMED_OUT, ABORTED or PENDING_REDRIVE.</summary>
    public string Status { get; init; } = "";

    /// <summary>When it began.</summary>
    public DateTimeOffset StartDate { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? StopDate { get; init; }

    /// <summary>JSON text.</summary>
    public string? Input { get; init; }

    /// <summary>JSON text of the result.</summary>
    public string? Output { get; init; }

    /// <summary>Name of the error that ended it.</summary>
    public string? Error { get; init; }

    /// <summary>Its cause.</summary>
    public string? Cause { get; init; }

    /// <summary>How often it was redriven.</summary>
    public int? RedriveCount { get; init; }

    /// <summary>When last.</summary>
    public DateTimeOffset? RedriveDate { get; init; }

    /// <summary>REDRIVABLE, NOT_REDRIVABLE or REDRIVABLE_BY_MAP_RUN.</summary>
    public string? RedriveStatus { get; init; }
}
