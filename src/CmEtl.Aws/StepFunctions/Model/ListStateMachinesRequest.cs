namespace CmEtl.Aws.StepFunctions;

/// <summary>Asks for one page of machines.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListStateMachines.html</remarks>
public sealed record ListStateMachinesRequest
{
    /// <summary>Page size.</summary>
    public int? MaxResults { get; init; }

    /// <summary>Where the last page ended.</summary>
    public string? NextToken { get; init; }
}
