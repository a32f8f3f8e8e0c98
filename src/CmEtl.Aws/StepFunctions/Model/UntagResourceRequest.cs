namespace CmEtl.Aws.StepFunctions;

/// <summary>Removes tags.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_UntagResource.html</remarks>
public sealed record UntagResourceRequest
{
    /// <summary>The machine.</summary>
    public required string ResourceArn { get; init; }

    /// <summary>Their keys.</summary>
    public IReadOnlyList<string> TagKeys { get; init; } = [];
}
