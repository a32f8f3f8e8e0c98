namespace CmEtl.Aws.StepFunctions;

/// <summary>Aborts an execution.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_StopExecution.html</remarks>
public sealed record StopExecutionRequest
{
    /// <summary>The execution.</summary>
    public required string ExecutionArn { get; init; }

    /// <summary>A name for the reason.</summary>
    public string? Error { get; init; }

    /// <summary>The reason.</summary>
    public string? Cause { get; init; }
}
