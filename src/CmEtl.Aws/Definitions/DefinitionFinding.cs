using CmEtl.Engine;

namespace CmEtl.Aws.Definitions;

/// <summary>One result of checking a state machine definition.</summary>
/// <param name="Severity">An error is refused by Step Functions; a warning is accepted.</param>
/// <param name="Rule">Name of the rule, for example <c>UnknownField</c>.</param>
/// <param name="State">The state, or empty for the whole machine.</param>
/// <param name="Path">JSONPath of the place in the document, for example <c>$.States.Wait.Next</c>; empty when unknown.</param>
/// <param name="Message">What is wrong there.</param>
public sealed record DefinitionFinding(FindingSeverity Severity, string Rule, string State, string Path, string Message)
{
    /// <summary>The file, or null when the definition does not come from a file.</summary>
    public string? File { get; init; }

    /// <summary>Line of the place, from 1; null when unknown.</summary>
    public int? Line { get; init; }

    /// <inheritdoc/>
    public override string ToString() => State.Length == 0 ? Message : $"{State}: {Message}";
}
