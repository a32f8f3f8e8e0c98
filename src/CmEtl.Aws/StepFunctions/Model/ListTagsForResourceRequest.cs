namespace CmEtl.Aws.StepFunctions;

/// <summary>Asks for the tags.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListTagsForResource.html</remarks>
public sealed record ListTagsForResourceRequest
{
    /// <summary>The machine.</summary>
    public required string ResourceArn { get; init; }
}
