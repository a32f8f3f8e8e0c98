namespace CmEtl.Aws.StepFunctions;

/// <summary>What the service finds.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinition.html</remarks>
public sealed record ValidateStateMachineDefinitionResponse
{
    /// <summary>OK or FAIL.</summary>
    public string Result { get; init; } = "";

    /// <summary>The findings.</summary>
    public IReadOnlyList<ValidateStateMachineDefinitionDiagnostic> Diagnostics { get; init; } = [];

    /// <summary>More was found than is told.</summary>
    public bool Truncated { get; init; }
}
