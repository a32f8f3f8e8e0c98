using System.Management.Automation;
using System.Xml.Linq;

namespace CmEtl.Help;

/// <summary>
/// Writes pages and parameters in the form that Get-Help reads:
/// https://learn.microsoft.com/powershell/scripting/developer/help/writing-help-for-windows-powershell-cmdlets.
/// </summary>
internal sealed class MamlWriter(XmlComments comments)
{
    private static readonly XNamespace Msh = "http://msh";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    /// <summary>Describes the cmdlets, each with its page.</summary>
    public XDocument Write(IEnumerable<(CmdletInfo Cmdlet, HelpPage Page)> commands) => new(
        new XElement(Msh + "helpItems", new XAttribute("schema", "maml"), commands.Select(c => Write(c.Cmdlet, c.Page))));

    private XElement Write(CmdletInfo cmdlet, HelpPage page)
    {
        var sets = cmdlet.ParameterSets.Select(s => s.Parameters.Where(p => !Cmdlet.CommonParameters.Contains(p.Name))
            .Select(p => new HelpParameter(cmdlet, p, s.Name)).Where(p => !p.Hidden)
            .OrderBy(p => p.Position, StringComparer.Ordinal).ThenByDescending(p => p.Mandatory).ToList()).ToList();
        var synopsis = page.Synopsis.Length > 0 ? page.Synopsis : comments.Of(cmdlet.ImplementingType);
        return new XElement(
            Command + "command", new XAttribute(XNamespace.Xmlns + "maml", Maml), new XAttribute(XNamespace.Xmlns + "command", Command),
            new XAttribute(XNamespace.Xmlns + "dev", Dev),
            new XElement(
                Command + "details", new XElement(Command + "name", cmdlet.Name), new XElement(Command + "verb", cmdlet.Verb),
                new XElement(Command + "noun", cmdlet.Noun), new XElement(Maml + "description", Paragraphs([synopsis]))),
            new XElement(Maml + "description", Paragraphs(page.Sections["Description"])),
            new XElement(Command + "syntax", sets.Select(s => new XElement(
                Command + "syntaxItem", new XElement(Maml + "name", cmdlet.Name), s.Select(p => Parameter(p, p.Mandatory, [], Values(p)))))),
            new XElement(Command + "parameters", sets.SelectMany(s => s).GroupBy(p => p.Name).OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => Parameter(g.First(), g.Count(p => p.Mandatory) == sets.Count, Text(g.First()), [Value(g.First())]))),
            new XElement(Command + "inputTypes", page.Sections["Inputs"].Select(t => OfType(t, Command + "inputType"))),
            new XElement(Command + "returnValues", page.Sections["Outputs"].Select(t => OfType(t, Command + "returnValue"))),
            new XElement(Maml + "alertSet", new XElement(Maml + "alert", Paragraphs(Notes(page)))),
            new XElement(Command + "examples", page.Examples.Select((e, n) => new XElement(
                Command + "example", new XElement(Maml + "title", $"---- Example {n + 1}: {e.Title} ----"),
                new XElement(Dev + "code", string.Join("\n\n", e.Code)), new XElement(Dev + "remarks", Paragraphs([.. e.Remarks, ""]))))),
            new XElement(Command + "relatedLinks", page.Sections["See also"].Select(l => new XElement(
                Maml + "navigationLink", new XElement(Maml + "linkText", l), new XElement(Maml + "uri")))));
    }

    private static XElement Parameter(HelpParameter p, bool required, IEnumerable<string> text, IEnumerable<XElement> values) => new(
        Command + "parameter", new XAttribute("required", required), new XAttribute("variableLength", p.Type.IsArray),
        new XAttribute("globbing", false), new XAttribute("pipelineInput", p.Pipeline), new XAttribute("position", p.Position),
        new XAttribute("aliases", p.Aliases), new XElement(Maml + "name", p.Name), new XElement(Maml + "description", Paragraphs(text)), values,
        new XElement(Dev + "type", new XElement(Maml + "name", p.Type.Name), new XElement(Maml + "uri")), new XElement(Dev + "defaultValue", p.Default));

    /// <summary>What SYNTAX shows behind a parameter's name: the words it takes, or its type; nothing behind a switch.</summary>
    private static IEnumerable<XElement> Values(HelpParameter p) => p.Type == typeof(SwitchParameter) ? []
        : !p.Words.Any() ? [Value(p)]
        : [new XElement(Command + "parameterValueGroup", p.Words.Select(w => new XElement(Command + "parameterValue", new XAttribute("required", false), w)))];

    private static XElement Value(HelpParameter p) => new(
        Command + "parameterValue", new XAttribute("required", p.Type != typeof(SwitchParameter)), new XAttribute("variableLength", p.Type.IsArray),
        p.Type.Name);

    private IEnumerable<string> Text(HelpParameter p)
    {
        var text = p.Property is { } property ? comments.Of(property)
            : p.Name == "WhatIf" ? "Shows what would happen. Nothing is changed."
            : "Asks for confirmation first. -Confirm:$false disables the question.";
        yield return $"{text} {p.Range}".TrimEnd();
        foreach (var value in p.Type.IsEnum ? Enum.GetNames(p.Type) : [])
        {
            yield return $"{value}: {comments.Of(p.Type.GetField(value)!)}";
        }
    }

    private static List<string> Notes(HelpPage page) =>
        page.Sections["Errors"].Count == 0 ? page.Sections["Notes"]
        : [.. page.Sections["Notes"], "Errors, by id:", .. page.Sections["Errors"]];

    private static XElement OfType(string text, XName name)
    {
        var parts = text.Split(": ", 2);
        return new XElement(
            name, new XElement(Dev + "type", new XElement(Maml + "name", parts[0]), new XElement(Maml + "uri")),
            new XElement(Maml + "description", Paragraphs(parts[1..])));
    }

    private static IEnumerable<XElement> Paragraphs(IEnumerable<string> texts) => texts.Select(t => new XElement(Maml + "para", t));
}
