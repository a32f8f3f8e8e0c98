namespace CmEtl.Aws.StepFunctions;

/// <summary>When the execution was redriven.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_RedriveExecution.html</remarks>
public sealed record RedriveExecutionResponse
{
    /// <summary>When.</summary>
    public DateTimeOffset RedriveDate { get; init; }
}
