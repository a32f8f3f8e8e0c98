namespace CmEtl.Aws.StepFunctions;

/// <summary>Where logs go.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_LogDestination.html</remarks>
public sealed record LogDestination
{
    /// <summary>A log group.</summary>
    public CloudWatchLogsLogGroup? CloudWatchLogsLogGroup { get; init; }
}
