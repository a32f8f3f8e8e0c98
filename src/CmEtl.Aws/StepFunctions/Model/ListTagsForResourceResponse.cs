namespace CmEtl.Aws.StepFunctions;

/// <summary>The tags. https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListTagsForResource.html</summary>
public sealed record ListTagsForResourceResponse
{
    /// <summary>The tags.</summary>
    public IReadOnlyList<Tag> Tags { get; init; } = [];
}
