namespace CmEtl.Aws.StepFunctions;

/// <summary>A state and what it was given.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_StateEnteredEventDetails.html</remarks>
public sealed record StateEnteredEventDetails
{
    /// <summary>The state.</summary>
    public string Name { get; init; } = "";

    /// <summary>JSON text.</summary>
    public string? Input { get; init; }
}
