namespace CmEtl.Aws.StepFunctions;

/// <summary>Items or child executions by state.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_MapRunItemCounts.html</remarks>
public sealed record MapRunCounts
{
    /// <summary>All.</summary>
    public long Total { get; init; }

    /// <summary>Not begun.</summary>
    public long Pending { get; init; }

    /// <summary>In work.</summary>
    public long Running { get; init; }

    /// <summary>Done.</summary>
    public long Succeeded { get; init; }

    /// <summary>Failed.</summary>
    public long Failed { get; init; }

    /// <summary>Out of time.</summary>
    public long TimedOut { get; init; }

    /// <summary>Stopped.</summary>
    public long Aborted { get; init; }

    /// <summary>Written to S3.</summary>
    public long ResultsWritten { get; init; }
}
