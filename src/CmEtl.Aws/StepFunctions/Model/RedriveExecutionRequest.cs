namespace CmEtl.Aws.StepFunctions;

/// <summary>Continues a failed execution at the state that failed, with that state's input.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_RedriveExecution.html</remarks>
public sealed record RedriveExecutionRequest
{
    /// <summary>The execution.</summary>
    public required string ExecutionArn { get; init; }

    /// <summary>Makes a repeated call the same call.</summary>
    public string? ClientToken { get; init; }
}
