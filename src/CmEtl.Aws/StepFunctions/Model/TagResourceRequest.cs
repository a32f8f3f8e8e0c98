namespace CmEtl.Aws.StepFunctions;

/// <summary>Adds or replaces tags.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_TagResource.html</remarks>
public sealed record TagResourceRequest
{
    /// <summary>The machine.</summary>
    public required string ResourceArn { get; init; }

    /// <summary>The tags.</summary>
    public IReadOnlyList<Tag> Tags { get; init; } = [];
}
