namespace CmEtl.Aws.StepFunctions;

/// <summary>One page of machines.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListStateMachines.html</remarks>
public sealed record ListStateMachinesResponse
{
    /// <summary>The machines.</summary>
    public IReadOnlyList<StateMachineListItem> StateMachines { get; init; } = [];

    /// <summary>Null on the last page.</summary>
    public string? NextToken { get; init; }
}
