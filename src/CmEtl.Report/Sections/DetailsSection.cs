using CmEtl.Engine;

namespace CmEtl.Report;

/// <summary>The parameters of the run, its steps, and its history.</summary>
internal static class DetailsSection
{
    private const int MostEvents = 200;

    public static Html Render(ReportModel model)
    {
        var (report, run) = (model.Report, model.Status);
        var sizes = report.Chunks.Select(c => c.EstimatedRows).Order().ToList();
        (string Name, string Value)[] facts =
        [
            ("Led by", run.Leader.Length > 0 ? run.Leader : "–"), ("Phase", run.Phase.ToString()), ("Mark mode", run.MarkMode.ToString()), ("Time zone", report.TimeZone),
            ("Delta", !report.Delta ? "off" : run.DeltaOf.Length > 0 ? $"against {run.DeltaOf}" : "on, without a baseline run: every row was recomputed"),
            ("Chunk size", sizes is [] ? "–" : $"median {Figures.Count(sizes[sizes.Count / 2])} rows, largest {Figures.Count(sizes[^1])}"),
            ("Workers", Figures.Count(model.History.Known.Select(a => a.Worker).Distinct().Count())),
            ("Task 01", Task01(model)), ("Plan", model.Steps.FirstOrDefault(s => s.Reason == "plan") is { } plan ? Figures.Duration(plan.Duration) : "–"),
            ("Starts", Figures.Count(report.Starts)), ("Settings", $"{report.SettingsHash}, a hash of the settings that affect results"),
            ("Statements", $"{report.SqlHash}, a hash of the statements of Task 02"), ("Server", $"PostgreSQL {report.ServerVersion.Split(' ')[0]}"),
        ];
        var events = report.Events.Where(e => Fault.From(e) is null).ToList();
        var history = Table.Of("History of the run", ["When", "What", "#Rows", "By", "Why"], events.TakeLast(MostEvents).Select(e => Table.Row(
            Html.Of($"{Figures.Moment(e.At)}"), Table.Text(e.ChunkId is { } chunk ? e.Kind.Replace("chunk", $"chunk {chunk}", StringComparison.Ordinal) : e.Kind),
            Table.Number(e.Rows is { } rows ? Figures.Count(rows) : ""), Table.Text(e.Actor), Table.Prose(e.Reason))));
        return Html.Of($"""
            <section aria-labelledby="details"><h2 id="details">Details</h2>
            <dl class="pairs">{facts.Select(f => Html.Of($"<div><dt>{f.Name}</dt><dd>{f.Value}</dd></div>"))}</dl>
            <h3>Settings that differ from their defaults</h3>{Settings(report.Settings)}
            <h3>History</h3>{history}</section>

            """);
    }

    private static Html Settings(IReadOnlyList<RunSetting> settings) => settings.Count == 0 ? Html.Of($"<p class=\"note\">None, or the run was made by a version that did not record them.</p>")
        : Table.Of("Settings that differ from their defaults", ["Setting", "Value"], settings.Select(s => Table.Row(Html.Of($"{s.Name}"), Table.Prose(s.Value))));

    private static string Task01(ReportModel model) => model.Steps.FirstOrDefault(s => s.Reason == "Task 01") is not { } step ? "not done"
        : $"{Figures.Duration(step.Duration)}; {Figures.Count(model.Status.SnapshotRows ?? 0)} rows in the snapshot, {Figures.Count(model.Status.RemindersAdded ?? 0)} reminders added, "
            + $"{Figures.Count(model.Status.RemindersChanged ?? 0)} changed";
}
