namespace CmEtl.Aws.StepFunctions;

/// <summary>The tags.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListTagsForResource.html</remarks>
public sealed record ListTagsForResourceResponse
{
    /// <summary>The tags.</summary>
    public IReadOnlyList<Tag> Tags { get; init; } = [];
}
