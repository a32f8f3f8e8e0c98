using CmEtl.Engine;

namespace CmEtl.Benchmarks;

/// <summary>Task 01: reminders and the snapshot.</summary>
internal sealed class SnapshotLine() : EngineLine("task 01", 1, CopyLine.CopyName)
{
    private RunRow? _run;

    public override async Task PrepareAsync(BenchDatabase bench, CancellationToken cancel)
    {
        await base.PrepareAsync(bench, cancel);
        _run = await Parts.BeginAsync(Phase.Chunked, cancel);
    }

    public override async Task<(long Rows, double? Seconds)> MeasureAsync(BenchDatabase bench, CancellationToken cancel)
    {
        var result = (await Parts.Task01.RunAsync(_run!, cancel))!;
        return (result.SnapshotRows, null);
    }
}
