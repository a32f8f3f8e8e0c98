namespace CmEtl.Aws.StepFunctions;

/// <summary>A map run as it stands.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeMapRun.html</remarks>
public sealed record DescribeMapRunResponse
{
    /// <summary>The map run.</summary>
    public string MapRunArn { get; init; } = "";

    /// <summary>The execution it belongs to.</summary>
    public string ExecutionArn { get; init; } = "";

    /// <summary>RUNNING, SUCCEEDED, FAILED or ABORTED.</summary>
    public string Status { get; init; } = "";

    /// <summary>When it began.</summary>
    public DateTimeOffset StartDate { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? StopDate { get; init; }

    /// <summary>Children at once.</summary>
    public int MaxConcurrency { get; init; }

    /// <summary>Failures it bears.</summary>
    public double ToleratedFailurePercentage { get; init; }

    /// <summary>By item.</summary>
    public MapRunCounts? ItemCounts { get; init; }

    /// <summary>By child execution.</summary>
    public MapRunCounts? ExecutionCounts { get; init; }

    /// <summary>How often it was redriven.</summary>
    public int? RedriveCount { get; init; }
}
