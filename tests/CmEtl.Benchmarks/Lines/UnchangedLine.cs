using CmEtl.Engine;

namespace CmEtl.Benchmarks;

/// <summary>
/// A run over data in which nothing has changed since the run before: all worked out again and kept, or, with delta, not even that.
/// </summary>
internal sealed class UnchangedLine(string name, bool delta, int connections) : EngineLine(name, connections, LimitLine.LimitName)
{
    private RunRow? _run;

    public override async Task PrepareAsync(BenchDatabase bench, CancellationToken cancel)
    {
        await base.PrepareAsync(bench, cancel);
        // With an engine of its own: its sessions end here and do not count their rows later.
        await using var first = new EngineParts(Parts.Settings);
        // Twice: the first one moves rows to the days that analytics says, and only the second finds nothing changed.
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
