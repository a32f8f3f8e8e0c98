namespace CmEtl.Aws.StepFunctions;

/// <summary>One page of executions.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListExecutions.html</remarks>
public sealed record ListExecutionsResponse
{
    /// <summary>The executions.</summary>
    public IReadOnlyList<ExecutionListItem> Executions { get; init; } = [];

    /// <summary>Null on the last page.</summary>
    public string? NextToken { get; init; }
}
