namespace CmEtl.Aws.StepFunctions;

/// <summary>A log group.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_CloudWatchLogsLogGroup.html</remarks>
public sealed record CloudWatchLogsLogGroup
{
    /// <summary>Its ARN; it must end with <c>:*</c>.</summary>
    public string? LogGroupArn { get; init; }
}
