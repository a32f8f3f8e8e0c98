using CmEtl.Engine;

namespace CmEtl.Benchmarks;

/// <summary>A run over data in which nothing has changed since the run before, writing only what would be different.</summary>
internal sealed class UnchangedLine(int connections) : EngineLine("unchanged kept", connections, LimitLine.LimitName)
{
    private RunRow? _run;

    public override async Task PrepareAsync(BenchDatabase bench, CancellationToken cancel)
    {
        await base.PrepareAsync(bench, cancel);
        // With an engine of its own: its sessions end here and do not count their rows later.
        await using var first = new EngineParts(Parts.Settings);
        var before = await first.PlanAsync(Phase.Chunked, cancel);
        await first.WorkAsync(before, cancel);
        await first.Runs.FinishAsync(before, RunState.Completed, "", 0, cancel);
        _run = await Parts.PlanAsync(Phase.Chunked, cancel);
    }

    public override async Task<(long Rows, double? Seconds)> MeasureAsync(BenchDatabase bench, CancellationToken cancel)
    {
        await Parts.WorkAsync(_run!, cancel);
        var (rows, kept) = (await bench.Admin.QueryAsync(
            $"SELECT sum(rows_confirmed)::bigint, sum(rows_unchanged)::bigint FROM cm_etl.chunk WHERE run_id = '{_run!.RunId}'",
            r => (r.GetInt64(0), r.GetInt64(1)), cancel)).Single();
        return kept == rows ? (rows, null) : throw new InvalidOperationException($"{rows - kept} rows were written again.");
    }

    protected override EtlSettings Change(EtlSettings settings) => settings with { SkipUnchanged = true };
}
