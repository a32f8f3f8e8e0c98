using CmEtl.Aws.Definitions.Syntax;
using CmEtl.Engine;

namespace CmEtl.Aws.Definitions.Checks;

/// <summary>Collects the findings of one document.</summary>
/// <param name="place">Lines of the document.</param>
/// <param name="template">Whether placeholders such as <c>${Name}</c> are allowed for values that are not known yet.</param>
internal sealed class DefinitionReport(JsonPlace place, bool template)
{
    public bool IsTemplate => template;

    public List<DefinitionFinding> Findings { get; } = [];

    public void Error(string rule, string state, AslNode node, string message) =>
        Add(FindingSeverity.Error, rule, state, node.Path, message);

    public void Warn(string rule, string state, AslNode node, string message) =>
        Add(FindingSeverity.Warning, rule, state, node.Path, message);

    public void Add(FindingSeverity severity, string rule, string state, string path, string message) =>
        Findings.Add(new(severity, rule, state, path, message) { Line = place.Line(path) });

    /// <summary>
    /// Whether the value is unknown until the template is rendered, because it has a placeholder or is a CloudFormation function.
    /// </summary>
    public bool IsOpen(AslNode node) => template && (node.Text is { } text
        ? DefinitionTemplate.HasPlaceholder(text)
        : node.Members().Take(2).ToList() is [var (name, _)] && (name == "Ref" || name.StartsWith("Fn::", StringComparison.Ordinal)));
}
