using System.Globalization;
using System.Text;

namespace CmEtl.Benchmarks;

/// <summary>The nights as a Markdown table: medians, and the median of the rounds' own ratios.</summary>
internal static class NightTable
{
    public static string Of(NightBench bench, BenchmarkOptions options, IReadOnlyList<NightSample> samples)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture,
            $"{samples[0].Rows} conflict rows, {options.Visits} visits, {options.Connections} connections, {Environment.ProcessorCount} processors, PostgreSQL {bench.Server}, {samples.Max(s => s.Round)} rounds");
        text.AppendLine();
        text.AppendLine("| night | run | Task 01 s | plan s | chunks s | verification s | rows written | WAL MB | WAL of kept rows | full / delta, chunks and looks | full / delta, plan to end |");
        text.AppendLine("| --- | --- | --: | --: | --: | --: | --: | --: | --: | --: | --: |");
        foreach (var night in samples.GroupBy(s => s.Night))
        {
            var pairs = night.GroupBy(s => s.Round).Where(g => g.Count() == 2)
                .Select(g => (Full: g.Single(s => !s.Delta), Delta: g.Single(s => s.Delta))).ToList();
            foreach (var delta in (bool[])[false, true])
            {
                var own = night.Where(s => s.Delta == delta).ToList();
                var ratios = delta ? $"{KeptShare(pairs):P2} | {Median(pairs.Select(Looks)):F1} | {Median(pairs.Select(p => All(p.Full) / All(p.Delta))):F1}" : " | | ";
                text.AppendLine(CultureInfo.InvariantCulture,
                    $"| {(delta ? "" : night.Key)} | {(delta ? "delta" : "full")} | {Median(own.Select(s => s.Task01)):F2} | {Median(own.Select(s => s.Plan)):F2} | {Median(own.Select(s => s.Chunks)):F2} | {Median(own.Select(s => s.Verify)):F2} | {own[0].Written} | {Median(own.Select(s => s.Wal / 1048576.0)):F1} | {ratios} |");
            }
        }

        return text.ToString();
    }

    private static double All(NightSample s) => s.Plan + s.Chunks + s.Verify;

    /// <summary>
    /// The time of the looks: by how much the plan and the verification of the delta run take longer than those of the full run.
    /// </summary>
    private static double Looks((NightSample Full, NightSample Delta) pair) =>
        pair.Full.Chunks
        / (pair.Delta.Chunks + Math.Max(pair.Delta.Plan - pair.Full.Plan, 0) + Math.Max(pair.Delta.Verify - pair.Full.Verify, 0));

    /// <summary>
    /// WAL of the delta run in addition to that of the same number of rows written by the full run, as a share of the full run's.
    /// </summary>
    private static double KeptShare(IReadOnlyList<(NightSample Full, NightSample Delta)> pairs) =>
        Median(pairs.Select(p => (p.Delta.Wal - (double)p.Full.Wal * p.Delta.Written / p.Full.Written) / p.Full.Wal));

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? double.NaN : (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
