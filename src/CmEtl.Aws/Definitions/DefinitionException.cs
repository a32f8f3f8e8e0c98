namespace CmEtl.Aws.Definitions;

/// <summary>The definition is not valid. Thrown before any request is sent.</summary>
public sealed class DefinitionException(string message, IReadOnlyList<DefinitionFinding>? findings = null) : Exception(message)
{
    /// <summary>The validator's findings. Empty for other errors.</summary>
    public IReadOnlyList<DefinitionFinding> Findings { get; } = findings ?? [];
}
