namespace CmEtl.Aws.StepFunctions;

/// <summary>The execution started.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html</remarks>
public sealed record StartExecutionResponse
{
    /// <summary>The execution.</summary>
    public string ExecutionArn { get; init; } = "";

    /// <summary>When.</summary>
    public DateTimeOffset StartDate { get; init; }
}
