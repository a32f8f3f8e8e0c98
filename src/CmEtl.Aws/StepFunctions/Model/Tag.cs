namespace CmEtl.Aws.StepFunctions;

/// <summary>A tag.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_Tag.html</remarks>
public sealed record Tag
{
    /// <summary>Its key.</summary>
    public required string Key { get; init; }

    /// <summary>Its value.</summary>
    public string? Value { get; init; }
}
