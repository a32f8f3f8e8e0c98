using System.Reflection;
using System.Text.RegularExpressions;
using CmEtl.Engine;

namespace CmEtl.Report;

/// <summary>Renders a run as one HTML page that needs no other file, no network and no script.</summary>
public static partial class ReportPage
{
    private static readonly Func<ReportModel, Html>[] Sections =
    [
        NextStepsSection.Render, KeyFiguresSection.Render, NightsSection.Render, RowStatesSection.Render, ChangesSection.Render,
        TimelineSection.Render, ThroughputSection.Render,
        SlowestChunksSection.Render, FaultsSection.Render, CostSection.Render, DetailsSection.Render,
    ];

    private static string Version { get;
        } = typeof(ReportPage).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>Returns the page as HTML. Values from the database are encoded.</summary>
    public static string Render(EtlReport report)
    {
        var model = new ReportModel(report);
        var parts = new Dictionary<string, Html>
        {
            ["title"] = Html.Of($"{report.Status.RunId} – {report.Status.State.ToString()}"),
            ["style"] = Html.Trusted(Resource("report.css")),
            ["headline"] = HeadlineSection.Render(model),
            ["sections"] = Html.Of($"{Sections.Select(s => s(model))}"),
            ["footer"] = Html.Of($"Read {Figures.Moment(report.ReadAt)} UTC by CmEtl {Version}. All times are UTC. This page contains no personal data."),
        };
        // In one pass, so that inserted text is not searched for placeholders.
        return Placeholder().Replace(Resource("report.html"), name => parts[name.Groups[1].Value].ToString());
    }

    private static string Resource(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"\{\{(\w+)\}\}", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();
}
