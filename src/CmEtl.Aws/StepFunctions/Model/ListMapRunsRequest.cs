namespace CmEtl.Aws.StepFunctions;

/// <summary>Asks for the Distributed Map runs of an execution.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListMapRuns.html</remarks>
public sealed record ListMapRunsRequest
{
    /// <summary>The execution.</summary>
    public required string ExecutionArn { get; init; }

    /// <summary>Page size.</summary>
    public int? MaxResults { get; init; }

    /// <summary>Where the last page ended.</summary>
    public string? NextToken { get; init; }
}
