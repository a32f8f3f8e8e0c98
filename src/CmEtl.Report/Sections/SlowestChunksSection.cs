using CmEtl.Engine;

namespace CmEtl.Report;

/// <summary>The chunks that took longest, compared with the median.</summary>
internal static class SlowestChunksSection
{
    private const int Shown = 10;

    public static Html Render(ReportModel model)
    {
        var done = model.Report.Chunks.Where(c => c is { State: ChunkState.Done, Duration: not null }).ToList();
        if (model.Quantile(0.5) is not { } median || done.Count == 0)
        {
            return Html.Empty;
        }

        var rows = done.OrderByDescending(c => c.Duration).ThenBy(c => c.ChunkId).Take(Shown)
            .Select(c => Row(c, c.Duration!.Value, median));
        return Html.Of($"""
            <section aria-labelledby="slowest"><h2 id="slowest">Slowest chunks</h2>
            <p class="note">Half of the chunks took up to {Figures.Duration(median)}, nineteen of twenty up to {Figures.Duration(model.Quantile(0.95))}.</p>
            {Table.Of("Slowest chunks", ["Chunk", "#Duration", "#Of the median", "#Rows", "#Rows per second", "#Keys", "#Attempt", "Visit dates"], rows)}</section>

            """);
    }

    private static Html Row(ChunkInfo chunk, TimeSpan duration, TimeSpan median) => Table.Row(
        Html.Of($"{chunk.ChunkId}"), Table.Number(Figures.Duration(duration)), Table.Number(Times(duration, median)),
        Table.Number(Figures.Count(Figures.Rows(chunk))),
        Table.Number(Figures.Rate(Figures.Rows(chunk) / Math.Max(duration.TotalSeconds, 0.001))), Table.Number(Figures.Count(chunk.Keys)),
        Table.Number(Figures.Count(chunk.Attempt)), Table.Prose(Figures.Days(chunk)));

    private static string Times(TimeSpan duration, TimeSpan median) =>
        median > TimeSpan.Zero ? (duration / median).ToString("0.0", System.Globalization.CultureInfo.InvariantCulture) + " ×" : "–";
}
