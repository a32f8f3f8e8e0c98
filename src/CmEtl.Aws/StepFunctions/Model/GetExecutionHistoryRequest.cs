namespace CmEtl.Aws.StepFunctions;

/// <summary>Asks for one page of an execution's history.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_GetExecutionHistory.html</remarks>
public sealed record GetExecutionHistoryRequest
{
    /// <summary>The execution.</summary>
    public required string ExecutionArn { get; init; }

    /// <summary>Newest first.</summary>
    public bool? ReverseOrder { get; init; }

    /// <summary>False leaves inputs and outputs out.</summary>
    public bool? IncludeExecutionData { get; init; }

    /// <summary>Page size.</summary>
    public int? MaxResults { get; init; }

    /// <summary>Where the last page ended.</summary>
    public string? NextToken { get; init; }
}
