using CmEtl.Aws.Definitions.Syntax;

namespace CmEtl.Aws.Definitions.Checks;

/// <summary>A state and the report for its findings.</summary>
/// <param name="Name">Name of the state.</param>
/// <param name="Node">Object of the state.</param>
/// <param name="Language">Query language of the state.</param>
/// <param name="Report">Findings of the document.</param>
internal readonly record struct StateScope(string Name, AslNode Node, QueryLanguage Language, DefinitionReport Report)
{
    public bool IsJsonata => Language == QueryLanguage.Jsonata;

    public void Error(string rule, AslNode node, string message) => Report.Error(rule, Name, node, message);

    public void Warn(string rule, AslNode node, string message) => Report.Warn(rule, Name, node, message);
}
