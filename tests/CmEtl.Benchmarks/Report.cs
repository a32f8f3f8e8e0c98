using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CmEtl.Benchmarks;

/// <summary>The results as a Markdown table and as JSON.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static string Table(BenchDatabase bench, BenchmarkOptions options, IReadOnlyList<Result> results)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture,
            $"{bench.Rows} conflict rows, {options.Visits} visits, {options.Rounds} rounds, {Environment.ProcessorCount} processors, {bench.Admin.PostgreSqlVersion}");
        text.AppendLine();
        text.AppendLine("| line | connections | s (median) | rows | rows/s | WAL bytes/row | dead tuples | HOT | ratio | to | client MB |");
        text.AppendLine("| --- | --: | --: | --: | --: | --: | --: | --: | --: | --- | --: |");
        foreach (var r in results)
        {
            text.AppendLine(CultureInfo.InvariantCulture,
                $"| {r.Line} | {r.Connections} | {r.Seconds:F3} | {r.Rows} | {r.RowsPerSecond:F0} | {r.WalPerRow:F0} | {r.DeadTuples:F0} | {r.HotShare:P0} | {r.Ratio:F2} | {(r.Ratio is null ? "" : r.ComparedWith)} | {r.MemoryPeakMb:F1} |");
        }

        return text.ToString();
    }

    public static string Json(BenchDatabase bench, BenchmarkOptions options, IReadOnlyList<Result> results) => JsonSerializer.Serialize(
        new
        {
            bench.Rows, options.Visits, options.Rounds, Environment.ProcessorCount, Server = bench.Admin.PostgreSqlVersion.ToString(),
            Lines = results,
        },
        Indented);
}
