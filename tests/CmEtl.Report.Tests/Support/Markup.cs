using System.Xml.Linq;
using CmEtl.Engine;

namespace CmEtl.Report.Tests;

/// <summary>
/// A parsed page. It is parsed as XML after closing the elements that HTML leaves open, so that every tag must have its end.
/// </summary>
internal sealed class Markup
{
    private static readonly string[] Void = ["meta", "link"];

    private Markup(string text)
    {
        Text = text;
        var xml = text.Replace("<!DOCTYPE html>", "", StringComparison.Ordinal);
        foreach (var line in xml.Split('\n').Where(l => Void.Any(v => l.StartsWith($"<{v} ", StringComparison.Ordinal))))
        {
            xml = xml.Replace(line, line.TrimEnd('>') + "/>", StringComparison.Ordinal);
        }

        Root = XElement.Parse(xml);
    }

    public string Text { get; }

    public XElement Root { get; }

    public static Markup Of(EtlReport report) => new(ReportPage.Render(report));

    public IEnumerable<XElement> All(string name) => Root.Descendants(name);

    /// <summary>The section with this heading; null when there is none.</summary>
    public XElement? Section(string id) => All("section").SingleOrDefault(s => (string?)s.Attribute("aria-labelledby") == id);

    public string Words(string id) => string.Join(
        ' ', Section(id)!.DescendantNodes().OfType<XText>()
            .SelectMany(t => t.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));

    /// <summary>The bars of this kind in the timeline.</summary>
    public IEnumerable<XElement> Bars(string outcome) =>
        Section("timeline")!.Descendants("rect").Where(r => ((string?)r.Attribute("class"))?.Split(' ')[0] == outcome);
}
