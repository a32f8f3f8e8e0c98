using CmEtl.Engine;

namespace CmEtl.Report;

/// <summary>Compares this run with the last runs: three figures of each run as small bars.</summary>
internal static class NightsSection
{
    private const double Width = 300;
    private const double Height = 56;

    public static Html Render(ReportModel model)
    {
        var runs = model.Report.History;
        return runs.Count < 2 ? Html.Empty : Html.Of($"""
            <section aria-labelledby="nights"><h2 id="nights">The last {Figures.Count(runs.Count, "run")}</h2>
            <p class="note">One bar per run, oldest first, this run last. {Compared(runs)}</p>
            <figure class="nights">
            {Multiple("duration", "Duration", runs, r => r.Elapsed.TotalSeconds, v => Figures.Duration(TimeSpan.FromSeconds(v)))}
            {Multiple("planned", "Rows planned", runs, r => r.RowsPlanned, v => Figures.Count((long)v))}
            {Multiple("share", "Unconfirmed share", runs, Share, v => Figures.Percent(v, 100))}
            <figcaption class="wide"><span class="key"><i class="this"></i>this run</span><span class="key"><i class="other"></i>completed</span><span class="key"><i class="failed"></i>not completed</span></figcaption></figure>
            {Table.Behind("Runs as a table", Table.Of("The last runs", ["Run", "Started", "State", "#Duration", "#Rows planned", "#Unconfirmed"], runs.Reverse().Select(r => Table.Row(
                Html.Of($"{r.RunId}"), Table.Text(Figures.Moment(r.StartedAt)), Table.Text(r.State.ToString()), Table.Number(Figures.Duration(r.Elapsed)),
                Table.Number(Figures.Count(r.RowsPlanned)), Table.Number(Figures.Percent(r.RowsUnconfirmed, r.RowsPlanned))))))}</section>

            """);
    }

    /// <summary>The median of the completed runs before this one.</summary>
    private static string Compared(IReadOnlyList<EtlStatus> runs)
    {
        var before = runs.SkipLast(1).Where(r => r.State == RunState.Completed).ToList();
        return before.Count == 0 ? "No earlier run is completed."
            : $"The median of the {Figures.Count(before.Count, "earlier completed run")}: {Figures.Duration(TimeSpan.FromSeconds(Median(before, r => r.Elapsed.TotalSeconds)))}, "
                + $"{Figures.Count((long)Median(before, r => r.RowsPlanned), "row")}, {Figures.Percent(Median(before, Share), 100)} unconfirmed.";
    }

    private static Html Multiple(string id, string title, IReadOnlyList<EtlStatus> runs, Func<EtlStatus, double> value, Func<double,
        string> text)
    {
        var top = Math.Max(runs.Max(value), 1e-9);
        var step = Width / Math.Max(runs.Count, 10);
        var bars = runs.Select((r, i) => Html.Of($"""
            <rect class="{Kind(r, i == runs.Count - 1)}" x="{i * step}" y="{Height - Bar(value(r) / top)}" width="{step * 0.8}" height="{Bar(value(r) / top)}"><title>{r.RunId}, {r.State.ToString()}: {text(value(r))}</title></rect>
            """));
        return Html.Of($"""
            <div><h3>{title}</h3><p class="now">{text(value(runs[^1]))}<small>highest {text(runs.Max(value))}</small></p>
            <svg role="img" aria-labelledby="{id}-title {id}-text" viewBox="0 0 {Width} {Height}" height="{Height}" preserveAspectRatio="none">
            <title id="{id}-title">{title} of the last runs</title><desc id="{id}-text">From {text(value(runs[0]))} in the oldest to {text(value(runs[^1]))} in this run, at most {text(runs.Max(value))}.</desc>
            <path class="grid" d="M0 {Height - 0.5}H{Width}"/>{bars}</svg></div>

            """);
    }

    private static string Kind(EtlStatus run, bool isThis) => isThis ? "this" : run.State == RunState.Completed ? "other" : "failed";

    // Every value above 0 is visible.
    private static double Bar(double share) => share <= 0 ? 0 : Math.Max(share * Height, 1.5);

    private static double Share(EtlStatus run) => run.RowsPlanned == 0 ? 0 : run.RowsUnconfirmed * 100.0 / run.RowsPlanned;

    private static double Median(IEnumerable<EtlStatus> runs, Func<EtlStatus, double> value)
    {
        var sorted = runs.Select(value).Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
