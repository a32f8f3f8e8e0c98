using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CmEtl.Help;

/// <summary>What the sources say of a member, from the XML files the compiler writes next to its assemblies.</summary>
internal sealed partial class XmlComments
{
    private readonly Dictionary<string, XElement> _members = [];

    public XmlComments(string folder)
    {
        foreach (var member in Directory.GetFiles(folder, "CmEtl.*.xml").SelectMany(f => XDocument.Load(f).Descendants("member")))
        {
            _members[(string)member.Attribute("name")!] = member;
        }
    }

    /// <summary>The summary of a type, a property or a value of an enumeration, on one line; empty where there is none.</summary>
    public string Of(MemberInfo member)
    {
        var type = (member as Type ?? member.DeclaringType!).FullName!.Replace('+', '.');
        var name = member switch { Type => $"T:{type}", PropertyInfo => $"P:{type}.{member.Name}", _ => $"F:{type}.{member.Name}" };
        return _members.TryGetValue(name, out var found) && found.Element("summary") is { } summary
            ? Blanks().Replace(string.Concat(summary.Nodes().Select(Text)), " ").Trim() : "";
    }

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { IsEmpty: true } reference =>
            ((string?)reference.Attribute("cref") ?? (string?)reference.Attribute("name") ?? "").Split('.', ':')[^1],
        XElement element => string.Concat(element.Nodes().Select(Text)),
        _ => "",
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
