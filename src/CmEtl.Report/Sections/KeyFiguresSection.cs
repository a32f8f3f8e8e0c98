namespace CmEtl.Report;

/// <summary>The key figures of the run.</summary>
internal static class KeyFiguresSection
{
    public static Html Render(ReportModel model)
    {
        var (run, history) = (model.Status, model.History);
        var open = run.ChunksTotal - run.ChunksDone - run.ChunksFailed;
        return Html.Of($"""
            <section aria-labelledby="figures"><h2 id="figures">Key figures</h2><dl class="tiles">
            {Tile("Rows planned", Figures.Count(run.RowsPlanned), run.RowsDrift == 0 ? "" : $"{(run.RowsDrift > 0 ? "+" : "−")}{Figures.Count(Math.Abs(run.RowsDrift))} added or deleted")}
            {Tile("Confirmed", Figures.Count(run.RowsConfirmed), Share(run.RowsConfirmed) + (run.RowsUnchanged > 0 ? $", {Figures.Count(run.RowsUnchanged)} unchanged" : ""))}
            {Tile("Unconfirmed", Figures.Count(run.RowsUnconfirmed), Share(run.RowsUnconfirmed))}
            {Tile("Deferred", Figures.Count(run.RowsDeferred), Share(run.RowsDeferred))}
            {Tile("Rows per second", Figures.Rate(model.RowsPerSecond), $"in {Figures.Duration(model.WorkTime)} of work")}
            {Tile("Chunks done", $"{Figures.Count(run.ChunksDone)} of {Figures.Count(run.ChunksTotal)}", open > 0 ? $"{Figures.Count(open)} open" : Median())}
            {Tile("Chunks failed", Figures.Count(run.ChunksFailed), run.ChunksStuck > 0 ? $"{Figures.Count(run.ChunksStuck)} stuck" : "", run.ChunksFailed + run.ChunksStuck > 0)}
            {Tile("Retries", Figures.Count(history.Retries), $"of {Figures.Count(history.Total, "attempt")}")}
            </dl></section>

            """);

        string Median() => model.Quantile(0.5) is { } median ? $"median {Figures.Duration(median)}" : "";

        string Share(long rows) => run.RowsPlanned == 0 ? "" : Figures.Percent(rows, run.RowsPlanned);
    }

    private static Html Tile(string name, string value, string note, bool alarming = false) => Html.Of(
        $"<div class=\"{(alarming ? "bad" : "")}\"><dt>{name}</dt><dd>{value}<small>{note}</small></dd></div>");
}
