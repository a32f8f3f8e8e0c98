using CmEtl.Engine;

namespace CmEtl.Report;

/// <summary>Retries and faults, by cause and by chunk.</summary>
internal static class FaultsSection
{
    private const int MostCauses = 20;
    private const int MostChunks = 20;
    private const int MostEvents = 100;

    public static Html Render(ReportModel model) => Html.Of($"""
        <section aria-labelledby="faults"><h2 id="faults">Retries and faults</h2>
        <p class="note">{Summary(model)}</p>
        {Causes(model.History.Faults)}{Open(model.Report.Chunks)}{Behind(model.History.Faults)}
        {Html.When(Pressure(model).Length > 0, $"<h3>Back-off</h3><p>{Pressure(model)}</p>")}</section>

        """);

    private static string Summary(ReportModel model)
    {
        var history = model.History;
        var cancelled = history.Faults.Count(f => f.IsCancel);
        var text = history.Retries == 0 && history.Faults.Count == 0 ? "Every chunk that was started took one attempt."
            : $"{Figures.Count(history.Retries, "attempt")} after the first at a chunk. {Figures.Count(history.Faults.Count - cancelled, "attempt")} ended with a fault"
                + (cancelled > 0 ? $", {Figures.Count(cancelled)} because the run was stopped." : ".");
        return text + (history.Lost > 0 ? $" {Figures.Count(history.Lost, "attempt")} ended because the worker died. The cause is not known." : "");
    }

    private static Html Causes(IReadOnlyList<Fault> faults)
    {
        var causes = faults.GroupBy(f => (f.SqlState, f.Reason)).OrderByDescending(g => g.Count()).ToList();
        return causes.Count == 0 ? Html.Empty : Table.Of(
            "Faults by cause", ["SqlState", "Cause", "#Times", "#Chunks", "First", "Last"], causes.Take(MostCauses).Select(g => Table.Row(
                Html.Of($"{(g.Key.SqlState.Length > 0 ? g.Key.SqlState : "–")}"), Table.Prose(g.Key.Reason), Table.Number(Figures.Count(g.Count())),
                Table.Number(Figures.Count(g.Select(f => f.ChunkId).Distinct().Count())), Table.Text(Figures.Clock(g.First().At)),
                Table.Text(Figures.Clock(g.Last().At)))));
    }

    private static Html Open(IReadOnlyList<ChunkInfo> chunks)
    {
        var open = chunks.Where(c => c.State is ChunkState.Failed or ChunkState.Quarantined || c.Stuck).ToList();
        return open.Count == 0 ? Html.Empty : Html.Of($"""
            <h3>Chunks that need somebody</h3>
            {Table.Of("Chunks that need attention", ["Chunk", "State", "#Attempt", "SqlState", "Error", "#Rows", "Visit dates"], open.Take(MostChunks).Select(Open))}
            {Html.When(open.Count > MostChunks, $"<p class=\"note\">And {Figures.Count(open.Count - MostChunks)} more: Get-CmEtlStatus -Detailed lists them.</p>")}
            """);
    }

    private static Html Open(ChunkInfo chunk) => Table.Row(
        Html.Of($"{chunk.ChunkId}"), Table.Text(chunk.Stuck ? "stuck" : Figures.Name(chunk.State)), Table.Number(Figures.Count(chunk.Attempt)),
        Table.Text(chunk.SqlState.Length > 0 ? chunk.SqlState : "–"),
        Table.Prose(chunk.Error.Length > 0 ? Fault.WithoutState(chunk.Error) : "–"),
        Table.Number(Figures.Count(chunk.EstimatedRows)), Table.Text(Figures.Days(chunk)));

    private static Html Behind(IReadOnlyList<Fault> faults) => faults.Count == 0 ? Html.Empty : Table.Behind(
        faults.Count > MostEvents ? $"The last {MostEvents} attempts that ended without a result" : "Attempts that ended without a result", Table.Of(
            "Attempts that ended without a result", ["When", "#Chunk", "#Attempt", "What", "Why"], faults.TakeLast(MostEvents).Select(f => Table.Row(
                Html.Of($"{Figures.Moment(f.At)}"), Table.Number(Figures.Count(f.ChunkId)), Table.Number(f.Attempt is { } n ? Figures.Count(n) : "–"),
                Table.Text(f.Kind), Table.Prose(f.Reason)))));

    private static string Pressure(ReportModel model) => model.Status is { State: RunState.Running, Reason.Length: > 0 } run
        ? $"At the moment: {run.Reason}. Earlier reasons are in the log of the run, not in the ledger." : "";
}
