using CmEtl.Engine;

namespace CmEtl.Benchmarks;

/// <summary>Planning, including storing and proving the plan.</summary>
internal sealed class PlannerLine() : EngineLine("planner", 1, GroupByLine.GroupByName)
{
    private RunRow? _run;

    public override async Task PrepareAsync(BenchDatabase bench, CancellationToken cancel)
    {
        await base.PrepareAsync(bench, cancel);
        _run = await Parts.BeginAsync(Phase.Chunked, cancel);
    }

    public override async Task<(long Rows, double? Seconds)> MeasureAsync(BenchDatabase bench, CancellationToken cancel)
    {
        await Parts.Planner.StoreAsync(_run!, cancel);
        return (bench.Rows, null);
    }
}
