using CmEtl.Engine;
using Microsoft.Extensions.Logging.Abstractions;

namespace CmEtl.Benchmarks;

/// <summary>Requests every chunk of a completed run again. The ledger must skip them all.</summary>
internal sealed class RerunLine() : EngineLine("re-run skipped", 2, LimitLine.LimitName)
{
    private RunRow? _run;

    public override async Task PrepareAsync(BenchDatabase bench, CancellationToken cancel)
    {
        await base.PrepareAsync(bench, cancel);
        // Uses its own engine, so that its sessions end here and do not report their rows later.
        await using var first = new EngineParts(Parts.Settings);
        _run = await first.PlanAsync(Phase.Chunked, cancel);
        await first.WorkAsync(_run, cancel);
    }

    public override async Task<(long Rows, double? Seconds)> MeasureAsync(BenchDatabase bench, CancellationToken cancel)
    {
        await using var engine = new EtlEngine(Parts.Settings, NullLoggerFactory.Instance);
        var rows = 0L;
        for (var chunk = 0; chunk < _run!.PlannedChunks; chunk++)
        {
            var result = await engine.ProcessChunkAsync(_run.RunId, chunk, cancel);
            rows += result.Skipped ? result.RowsClaimed : throw new InvalidOperationException($"Chunk {chunk} was not skipped.");
        }

        return (rows, null);
    }
}
