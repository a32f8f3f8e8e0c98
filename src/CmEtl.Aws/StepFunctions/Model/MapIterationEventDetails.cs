namespace CmEtl.Aws.StepFunctions;

/// <summary>An item of a Map state.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_MapIterationEventDetails.html</remarks>
public sealed record MapIterationEventDetails
{
    /// <summary>The Map state.</summary>
    public string? Name { get; init; }

    /// <summary>The item, from 0.</summary>
    public int Index { get; init; }
}
