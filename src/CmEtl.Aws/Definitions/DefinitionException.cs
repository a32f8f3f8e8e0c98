namespace CmEtl.Aws.Definitions;

/// <summary>A definition that cannot be used, found before any service is called.</summary>
public sealed class DefinitionException(string message, IReadOnlyList<DefinitionFinding>? findings = null) : Exception(message)
{
    /// <summary>What is wrong, when the validator found it.</summary>
    public IReadOnlyList<DefinitionFinding> Findings { get; } = findings ?? [];
}
