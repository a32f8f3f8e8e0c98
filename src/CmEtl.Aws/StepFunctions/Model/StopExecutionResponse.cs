namespace CmEtl.Aws.StepFunctions;

/// <summary>When the execution was stopped.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_StopExecution.html</remarks>
public sealed record StopExecutionResponse
{
    /// <summary>When.</summary>
    public DateTimeOffset StopDate { get; init; }
}
