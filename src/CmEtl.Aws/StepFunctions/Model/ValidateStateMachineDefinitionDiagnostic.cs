namespace CmEtl.Aws.StepFunctions;

/// <summary>One finding.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinitionDiagnostic.html</remarks>
public sealed record ValidateStateMachineDefinitionDiagnostic
{
    /// <summary>ERROR or WARNING.</summary>
    public string Severity { get; init; } = "";

    /// <summary>What kind.</summary>
    public string Code { get; init; } = "";

    /// <summary>In words.</summary>
    public string Message { get; init; } = "";

    /// <summary>JSON pointer into the definition.</summary>
    public string? Location { get; init; }
}
