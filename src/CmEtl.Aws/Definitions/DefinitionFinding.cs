using CmEtl.Engine;

namespace CmEtl.Aws.Definitions;

/// <summary>One result of checking a state machine definition.</summary>
/// <param name="Severity">Error if Step Functions would refuse the definition, Warning if it accepts it.</param>
/// <param name="Rule">Name of the rule, for example <c>UnknownField</c>.</param>
/// <param name="State">Name of the state. Empty for the whole state machine.</param>
/// <param name="Path">JSONPath of the place in the document, for example <c>$.States.Wait.Next</c>. Empty if unknown.</param>
/// <param name="Message">Description of the problem.</param>
public sealed record DefinitionFinding(FindingSeverity Severity, string Rule, string State, string Path, string Message)
{
    /// <summary>Path of the file. Null if the definition does not come from a file.</summary>
    public string? File { get; init; }

    /// <summary>Line number, from 1. Null if unknown.</summary>
    public int? Line { get; init; }

    /// <inheritdoc/>
    public override string ToString() => State.Length == 0 ? Message : $"{State}: {Message}";
}
