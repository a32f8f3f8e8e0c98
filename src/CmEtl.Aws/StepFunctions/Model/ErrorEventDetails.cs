namespace CmEtl.Aws.StepFunctions;

/// <summary>An error and its cause.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html</remarks>
public sealed record ErrorEventDetails
{
    /// <summary>Its name.</summary>
    public string? Error { get; init; }

    /// <summary>Its cause; a function's error as JSON text.</summary>
    public string? Cause { get; init; }
}
