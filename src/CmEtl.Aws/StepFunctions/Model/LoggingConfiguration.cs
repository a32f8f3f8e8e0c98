namespace CmEtl.Aws.StepFunctions;

/// <summary>What is logged and where.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_LoggingConfiguration.html</remarks>
public sealed record LoggingConfiguration
{
    /// <summary>ALL, ERROR, FATAL or OFF.</summary>
    public string? Level { get; init; }

    /// <summary>Whether inputs and outputs are logged. CmEtl never asks for it.</summary>
    public bool? IncludeExecutionData { get; init; }

    /// <summary>At most one log group.</summary>
    public IReadOnlyList<LogDestination> Destinations { get; init; } = [];
}
