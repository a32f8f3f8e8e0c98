namespace CmEtl.Aws.StepFunctions;

/// <summary>A tag. https://docs.aws.amazon.com/step-functions/latest/apireference/API_Tag.html</summary>
public sealed record Tag
{
    /// <summary>Its key.</summary>
    public required string Key { get; init; }

    /// <summary>Its value.</summary>
    public string? Value { get; init; }
}
