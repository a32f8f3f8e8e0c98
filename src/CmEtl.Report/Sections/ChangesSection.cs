using CmEtl.Engine;

namespace CmEtl.Report;

/// <summary>What the run changed in the table, compared with its before-snapshot.</summary>
internal static class ChangesSection
{
    private const int Shown = 10;

    public static Html Render(ReportModel model) => model.Report.Changes is not { } changes ? Html.Empty : Html.Of($"""
        <section aria-labelledby="changes"><h2 id="changes">What changed</h2>
        <p class="note">{Summary(changes)} Against the picture that Task 01 took before the run, as of {Figures.Moment(model.Report.ReadAt)} UTC.</p>
        {Suspicious(changes)}
        <div class="columns">{Counts("Flags newly set", "Flag", changes, ChangeKind.FlagSet)}{Counts("Columns that differ most often", "Column", changes, ChangeKind.Column)}</div>
        {Agencies(changes)}{Days(changes)}</section>

        """);

    private static string Summary(IReadOnlyList<RunChange> changes)
    {
        var both = Total(changes, "rows in both");
        var changed = Total(changes, "rows changed");
        return $"{Figures.Count(changed)} of {Figures.Count(both, "row")} differ ({Figures.Percent(changed, both)}). {Figures.Count(Sum(changes, ChangeKind.New))} are new, "
            + $"{Figures.Count(Sum(changes, ChangeKind.Vanished))} vanished, {Figures.Count(Sum(changes, ChangeKind.Unconfirmed))} are unconfirmed.";
    }

    private static Html Suspicious(IReadOnlyList<RunChange> changes)
    {
        var found = changes.Where(c => c.Kind == ChangeKind.Suspicious).ToList();
        return found.Count == 0 ? Html.Of($"<p>No distance is negative or extreme, and every flag is Y, N or NULL.</p>") : Html.Of($"""
            <h3>Suspicious values</h3>
            {Table.Of("Suspicious values", ["Value", "#Rows"], found.Select(c => Table.Row(Html.Of($"{c.Name}"), Table.Number(Figures.Count(c.Rows)))))}
            """);
    }

    private static Html Counts(string title, string column, IReadOnlyList<RunChange> changes, ChangeKind kind)
    {
        var lines = changes.Where(c => c.Kind == kind).OrderByDescending(c => c.Rows).Take(Shown).ToList();
        return lines.Count == 0 ? Html.Empty : Html.Of($"""
            <div><h3>{title}</h3>{Table.Of(title, [column, "#Rows"], lines.Select(c => Table.Row(Html.Of($"{c.Name}"), Table.Number(Figures.Count(c.Rows)))))}</div>
            """);
    }

    private static Html Agencies(IReadOnlyList<RunChange> changes)
    {
        var agencies = changes.Where(c => c.VisitDate is not null).GroupBy(c => c.Agency).OrderByDescending(g => g.Sum(c => c.Rows))
            .ToList();
        return agencies.Count == 0 ? Html.Empty : Html.Of($"""
            <h3>By agency</h3>
            {Table.Of("Conflicts by agency", ["Agency", "#New", "#Vanished", "#Unconfirmed"], agencies.Take(Shown).Select(g => Row(g.Key.Length > 0 ? g.Key : "(no name)", g)))}
            {Html.When(agencies.Count > Shown, $"<p class=\"note\">And {Figures.Count(agencies.Count - Shown, "agency", "agencies")} with fewer: Compare-CmEtlRun lists them by day.</p>")}
            """);
    }

    private static Html Days(IReadOnlyList<RunChange> changes)
    {
        var days = changes.Where(c => c.VisitDate is not null).GroupBy(c => c.VisitDate!.Value).OrderByDescending(g => g.Sum(c => c.Rows))
            .Take(Shown).ToList();
        return days.Count == 0 ? Html.Empty : Table.Behind(
            "Days with the most changes", Table.Of("Conflicts by day", ["Visit date", "#New", "#Vanished", "#Unconfirmed"], days.Select(g => Row(Figures.Day(g.Key), g))));
    }

    private static Html Row(string name, IEnumerable<RunChange> lines) => Table.Row(
        Html.Of($"{name}"), Table.Number(Figures.Count(Sum(lines, ChangeKind.New))), Table.Number(Figures.Count(Sum(lines, ChangeKind.Vanished))),
        Table.Number(Figures.Count(Sum(lines, ChangeKind.Unconfirmed))));

    private static long Total(IEnumerable<RunChange> changes, string name) =>
        changes.Single(c => c.Kind == ChangeKind.Total && c.Name == name).Rows;

    private static long Sum(IEnumerable<RunChange> changes, ChangeKind kind) => changes.Where(c => c.Kind == kind).Sum(c => c.Rows);
}
