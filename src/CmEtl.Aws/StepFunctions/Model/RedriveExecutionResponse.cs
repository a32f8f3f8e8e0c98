namespace CmEtl.Aws.StepFunctions;

/// <summary>When the execution was redriven. https://docs.aws.amazon.com/step-functions/latest/apireference/API_RedriveExecution.html</summary>
public sealed record RedriveExecutionResponse
{
    /// <summary>When.</summary>
    public DateTimeOffset RedriveDate { get; init; }
}
