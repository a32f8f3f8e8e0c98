namespace CmEtl.Aws.StepFunctions;

/// <summary>Asks what is wrong with a definition; nothing is created.</summary>
/// <remarks>https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinition.html</remarks>
public sealed record ValidateStateMachineDefinitionRequest
{
    /// <summary>The definition, as JSON text.</summary>
    public required string Definition { get; init; }

    /// <summary>STANDARD or EXPRESS.</summary>
    public string? Type { get; init; }

    /// <summary>ERROR (default) or WARNING: the least that is reported.</summary>
    public string? Severity { get; init; }
}
