using CmEtl.Aws.Definitions.Syntax;

namespace CmEtl.Aws.Definitions.Checks;

/// <summary>A state, and where findings about it go.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Node">Its object.</param>
/// <param name="Language">Its query language.</param>
/// <param name="Report">The document's findings.</param>
internal readonly record struct StateScope(string Name, AslNode Node, QueryLanguage Language, DefinitionReport Report)
{
    public bool IsJsonata => Language == QueryLanguage.Jsonata;

    public void Error(string rule, AslNode node, string message) => Report.Error(rule, Name, node, message);

    public void Warn(string rule, AslNode node, string message) => Report.Warn(rule, Name, node, message);
}
