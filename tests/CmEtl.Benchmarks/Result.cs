namespace CmEtl.Benchmarks;

/// <summary>
/// One line in all rounds. The ratio is the median of the ratios of the rounds, so that changes of the machine's speed between rounds
/// cancel out.
/// </summary>
internal sealed record Result(
    string Line, int Connections, double Seconds, long Rows, double RowsPerSecond, double WalPerRow, double DeadTuples, double? HotShare,
    double? Ratio, string ComparedWith, double MemoryPeakMb, IReadOnlyList<double> AllSeconds)
{
    public static IReadOnlyList<Result> Summarize(IEnumerable<Line> lines, IReadOnlyList<Sample> samples) =>
        [.. lines.Select(line => Summarize(line, [.. samples.Where(s => s.Line == line)], samples))];

    private static Result Summarize(Line line, IReadOnlyList<Sample> own, IReadOnlyList<Sample> all)
    {
        var ratios = own
            .SelectMany(s => all.Where(r => r.Round == s.Round && r.Line.Name == line.Reference && r.Line.Connections == line.Connections)
                .Select(r => s.Seconds / r.Seconds))
            .ToList();
        var (seconds, rows) = (Median(own.Select(s => s.Seconds)), own[0].Rows);
        var updated = own.Sum(s => s.Updated);
        return new(
            line.Name, line.Connections, seconds, rows, rows / seconds, Median(own.Select(s => (double)s.WalBytes / Math.Max(s.Rows, 1))),
            Median(own.Select(s => (double)s.DeadTuples)), updated == 0 ? null : (double)own.Sum(s => s.UpdatedHot) / updated,
            ratios.Count == 0 ? null : Median(ratios), line.Reference, Median(own.Select(s => s.MemoryPeak / 1048576.0)),
            [.. own.Select(s => s.Seconds)]);
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
