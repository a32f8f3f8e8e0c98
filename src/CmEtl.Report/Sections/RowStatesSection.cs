namespace CmEtl.Report;

/// <summary>The states of the planned rows, as a bar and as a table that is its legend.</summary>
internal static class RowStatesSection
{
    public static Html Render(ReportModel model)
    {
        var run = model.Status;
        (string Key, string Name, long Rows, string Meaning)[] states =
        [
            ("confirmed", "Confirmed", run.RowsConfirmed, "recomputed by this run"),
            ("unconfirmed", "Unconfirmed", run.RowsUnconfirmed, "match no live pair; marked for the sweep"),
            ("deferred", "Deferred", run.RowsDeferred, "in-service and paid time off; marked for other tasks"),
            ("held", "Held", run.RowsLocked, "marked, in chunks that are not done"),
            ("pending", "Pending", run.RowsPending, "not processed yet"),
            ("missed", "Missed", run.RowsMissed ?? 0, run.RowsMissed is null ? "counted at the end of a verified run" : "not examined in their current version; 0 in a completed run"),
        ];
        var whole = states.Sum(s => s.Rows);
        var before = 0L;
        var bars = states.Where(s => s.Rows > 0).Select(s =>
        {
            var from = before * TimeScale.Width / whole;
            before += s.Rows;
            var width = s.Rows * TimeScale.Width / whole;
            return Html.Of($"<rect class=\"{s.Key}\" x=\"{from}\" width=\"{width}\" height=\"28\"><title>{s.Name}: {Figures.Count(s.Rows)}</title></rect>");
        });
        var rows = states.Select(s => Table.Row(
            Html.Of($"<i class=\"{s.Key}\"></i>{s.Name}"), Table.Number(Counted(s.Key) ? Figures.Count(s.Rows) : "–"),
            Table.Number(Counted(s.Key) ? Figures.Percent(s.Rows, whole) : "–"), Table.Prose(s.Meaning)));
        return Html.Of($"""
            <section aria-labelledby="rows"><h2 id="rows">Rows</h2>
            <svg class="stack" role="img" aria-labelledby="rows-title rows-text" viewBox="0 0 1000 28" height="28" preserveAspectRatio="none">
            <title id="rows-title">Rows by state</title><desc id="rows-text">The table below has the numbers.</desc>{bars}</svg>
            {Table.Of("Rows by state", ["State", "#Rows", "#Share", "Meaning"], rows)}</section>

            """);

        bool Counted(string key) => key != "missed" || run.RowsMissed is not null;
    }
}
