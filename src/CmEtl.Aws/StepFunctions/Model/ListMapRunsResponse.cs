namespace CmEtl.Aws.StepFunctions;

/// <summary>One page of map runs.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListMapRuns.html</remarks>
public sealed record ListMapRunsResponse
{
    /// <summary>The map runs.</summary>
    public IReadOnlyList<MapRunListItem> MapRuns { get; init; } = [];

    /// <summary>Null on the last page.</summary>
    public string? NextToken { get; init; }
}
