namespace CmEtl.Report;

/// <summary>The attempts at chunks over time, by worker.</summary>
internal static class TimelineSection
{
    private const int MostListed = 250;

    private static readonly (Outcome Outcome, string Text)[] Legend =
    [
        (Outcome.Step, "Task 01 and plan"), (Outcome.Done, "done"), (Outcome.Working, "in progress"), (Outcome.Ended, "ended, then retried or split"),
        (Outcome.Lost, "lost with its worker"), (Outcome.Failed, "failed"),
    ];

    public static Html Render(ReportModel model)
    {
        var history = model.History;
        if (history.Known.Count == 0)
        {
            var none = model.Report.Chunks.Count == 0 ? "No chunk was started. The plan has no chunks." : "No chunk was started.";
            return Html.Of($"<section aria-labelledby=\"timeline\"><h2 id=\"timeline\">Chunks over time</h2><p>{none}</p></section>\n");
        }

        var lanes = LaneLayout.Arrange(history.Known);
        var chart = new TimelineChart(model.Scale, model.Steps, lanes, history.Earlier);
        var shown = model.Steps.Concat(history.Known).Select(a => a.Outcome).Concat(history.Earlier.Select(_ => Outcome.Ended)).ToHashSet();
        var legend = Legend.Where(l => shown.Contains(l.Outcome)).Select(l => Html.Of($"<span class=\"key\"><i class=\"{Figures.Name(l.Outcome)}\"></i>{l.Text}</span>"));
        return Html.Of($"""
            <section aria-labelledby="timeline"><h2 id="timeline">Chunks over time</h2><p class="note">{Note(model, lanes)}</p>
            {Plot.Of("lanes", "Attempts at chunks by worker over time", Describe(model, lanes), chart.Height, chart.Labels(), model.Scale, chart.Drawing(), Html.Of($"{legend}"), model.Marks)}
            {Table.Behind("Workers as a table", Workers(model, lanes))}{Attempts(history.Known)}</section>

            """);
    }

    private static string Note(ReportModel model, IReadOnlyList<Lane> lanes)
    {
        var many = model.History.Known.Count > TimelineChart.MostBars;
        var what = many ? "Each cell shows how busy a worker was, and the worst result." : "One bar per chunk for its last attempt. Point at a bar for details.";
        var shared = lanes.Any(l => l.Attempts.Any(a => a.Worker != l.Attempts[0].Worker))
            ? " There are too many workers to show one lane each. A lane shows chunks that were processed one after the other." : "";
        var earlier = model.History.Earlier.Count > 0 ? " For earlier attempts, the ledger keeps only the time and the reason of their end, not the worker." : "";
        return $"{what}{shared}{earlier} Times are UTC.";
    }

    private static string Describe(ReportModel model, IReadOnlyList<Lane> lanes) =>
        $"{Figures.Count(lanes.Count, "lane")}, {Figures.Count(model.History.Known.Count, "chunk")} in {Figures.Duration(model.WorkTime)} of work, "
        + $"{Figures.Count(model.History.Known.Count(a => a.Outcome == Outcome.Failed))} failed, {Figures.Count(model.History.Earlier.Count)} earlier attempts ended without a result.";

    private static Html Workers(ReportModel model, IReadOnlyList<Lane> lanes) => Table.Of(
        "Workers", ["Worker", "#Chunks", "#Done", "#Rows", "#Working time", "#Busy", "First start", "Last end"], lanes.Select(l =>
        {
            var busy = TimeSpan.FromTicks(l.Attempts.Sum(a => a.Duration.Ticks) / l.Slots);
            return Table.Row(
                Html.Of($"{l.Label}"), Table.Number(Figures.Count(l.Attempts.Count)),
                Table.Number(Figures.Count(l.Attempts.Count(a => a.Outcome == Outcome.Done))),
                Table.Number(Figures.Count(l.Attempts.Sum(a => a.Rows))), Table.Number(Figures.Duration(busy)),
                Table.Number(Figures.Percent(busy.TotalSeconds, model.WorkTime.TotalSeconds)),
                Table.Text(Figures.Moment(l.Attempts.Min(a => a.Start))), Table.Text(Figures.Moment(l.Attempts.Max(a => a.End))));
        }));

    private static Html Attempts(IReadOnlyList<ChunkAttempt> attempts) => attempts.Count > MostListed ? Html.Empty : Table.Behind(
        "Chunks as a table", Table.Of("Last attempt at each chunk", ["Chunk", "#Attempt", "Outcome", "Worker", "Start", "#Duration", "#Rows"], attempts.Select(a => Table.Row(
            Html.Of($"{a.ChunkId}"), Table.Number(Figures.Count(a.Number)), Table.Text(Figures.Name(a.Outcome)), Table.Text(a.Worker),
            Table.Text(Figures.Moment(a.Start)), Table.Number(Figures.Duration(a.Duration)), Table.Number(Figures.Count(a.Rows))))));
}
