namespace CmEtl.Aws.StepFunctions;

/// <summary>A state and what it gave.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_StateExitedEventDetails.html</remarks>
public sealed record StateExitedEventDetails
{
    /// <summary>The state.</summary>
    public string Name { get; init; } = "";

    /// <summary>JSON text.</summary>
    public string? Output { get; init; }
}
