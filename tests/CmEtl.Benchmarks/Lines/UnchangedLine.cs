using CmEtl.Engine;

namespace CmEtl.Benchmarks;

/// <summary>
/// A run on data that has not changed since the previous run: all rows are recomputed and kept, or, with delta, not recomputed.
/// </summary>
internal sealed class UnchangedLine(string name, bool delta, int connections) : EngineLine(name, connections, LimitLine.LimitName)
{
    private RunRow? _run;

    public override async Task PrepareAsync(BenchDatabase bench, CancellationToken cancel)
    {
        await base.PrepareAsync(bench, cancel);
        // Uses its own engine, so that its sessions end here and do not report their rows later.
        await using var first = new EngineParts(Parts.Settings);
        // Twice, because the first run moves rows to their current days and only the second finds nothing changed.
        for (var i = 0; i < 2; i++)
        {
            var before = await first.PlanAsync(Phase.Chunked, cancel);
            await first.WorkAsync(before, cancel);
            await first.Runs.RecordEndAsync(before, RunState.Completed, "", totals: null, cancel);
        }

        _run = await Parts.PlanAsync(Phase.Chunked, cancel);
    }

    public override async Task<(long Rows, double? Seconds)> MeasureAsync(BenchDatabase bench, CancellationToken cancel)
    {
        await Parts.WorkAsync(_run!, cancel);
        var (rows, kept, seconds) = (await bench.Admin.QueryAsync(
            $"""
            SELECT sum(rows_confirmed)::bigint, sum(rows_unchanged)::bigint, extract(epoch FROM max(finished_at) - min(started_at))::double precision
              FROM cm_etl.chunk WHERE run_id = '{_run!.RunId}'
            """, r => (r.GetInt64(0), r.GetInt64(1), r.GetDouble(2)), cancel)).Single();
        return kept == rows ? (rows, seconds) : throw new InvalidOperationException($"{rows - kept} rows were written again.");
    }

    protected override EtlSettings Change(EtlSettings settings) => settings with { SkipUnchanged = true, Delta = delta };
}
