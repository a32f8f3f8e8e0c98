namespace CmEtl.Report;

/// <summary>The throughput of the run over time.</summary>
internal static class ThroughputSection
{
    public static Html Render(ReportModel model)
    {
        if (model.RowsPerSecond is not { } average)
        {
            return Html.Empty;
        }

        var series = new ThroughputSeries(model.Scale, model.History.Known);
        var chart = new ThroughputChart(model.Scale, series);
        var text = $"On average {Figures.Rate(average)} rows per second of working time, at most {Figures.Rate(Math.Max(series.Peak, average))}.";
        var rows = series.Rates.Select((r, i) => Table.Row(Html.Of($"{Figures.Moment(model.Scale.Time(i * series.Width))}"), Table.Number(Figures.Rate(r))));
        return Html.Of($"""
            <section aria-labelledby="throughput"><h2 id="throughput">Rows per second</h2>
            <p class="note">{text} The rows of a chunk are spread evenly over its time.</p>
            {Plot.Of("rate", "Rows per second over time", text, ThroughputChart.Height, chart.Labels(), model.Scale, chart.Drawing(), Html.Empty, model.Marks)}
            {Table.Behind("Rows per second as a table", Table.Of("Rows per second", ["From", "#Rows per second"], rows))}</section>

            """);
    }
}
