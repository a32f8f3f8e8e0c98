namespace CmEtl.Aws.StepFunctions;

/// <summary>Asks for one page of executions, newest first.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListExecutions.html</remarks>
public sealed record ListExecutionsRequest
{
    /// <summary>The machine; with <c>:version</c> or <c>:alias</c> where the operation takes them.</summary>
    public required string StateMachineArn { get; init; }

    /// <summary>Only this status.</summary>
    public string? StatusFilter { get; init; }

    /// <summary>Page size.</summary>
    public int? MaxResults { get; init; }

    /// <summary>Where the last page ended.</summary>
    public string? NextToken { get; init; }
}
