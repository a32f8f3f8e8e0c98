namespace CmEtl.Aws.StepFunctions;

/// <summary>One page of a history.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_GetExecutionHistory.html</remarks>
public sealed record GetExecutionHistoryResponse
{
    /// <summary>The events.</summary>
    public IReadOnlyList<HistoryEvent> Events { get; init; } = [];

    /// <summary>Null on the last page.</summary>
    public string? NextToken { get; init; }
}
