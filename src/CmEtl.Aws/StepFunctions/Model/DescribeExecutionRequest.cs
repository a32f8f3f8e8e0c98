namespace CmEtl.Aws.StepFunctions;

/// <summary>Asks for an execution.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeExecution.html</remarks>
public sealed record DescribeExecutionRequest
{
    /// <summary>The execution.</summary>
    public required string ExecutionArn { get; init; }
}
