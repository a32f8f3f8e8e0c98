namespace CmEtl.Aws.StepFunctions;

/// <summary>One execution of a list.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_ExecutionListItem.html</remarks>
public sealed record ExecutionListItem
{
    /// <summary>The execution.</summary>
    public string ExecutionArn { get; init; } = "";

    /// <summary>Its machine.</summary>
    public string StateMachineArn { get; init; } = "";

    /// <summary>Its name.</summary>
    public string Name { get; init; } = "";

    /// <summary>As in DescribeExecution.</summary>
    public string Status { get; init; } = "";

    /// <summary>When it began.</summary>
    public DateTimeOffset StartDate { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? StopDate { get; init; }

    /// <summary>How often it was redriven.</summary>
    public int? RedriveCount { get; init; }
}
