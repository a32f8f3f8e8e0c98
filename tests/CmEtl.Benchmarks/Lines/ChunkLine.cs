using CmEtl.Engine;

namespace CmEtl.Benchmarks;

/// <summary>The chunks of Task 02 from the first claim to the last "done", by the ledger's clock.</summary>
/// <param name="chunkSize">Rows per chunk, regardless of the number of keys; null for the defaults.</param>
internal sealed class ChunkLine(string name, Phase phase, MarkMode mode, int connections, int? chunkSize = null)
    : EngineLine(name, connections, LimitLine.LimitName, mode)
{
    private RunRow? _run;

    protected override EtlSettings Change(EtlSettings settings) =>
        chunkSize is { } rows
            ? settings with { TargetChunkSize = rows, MaxChunkSize = Math.Max(rows, settings.MaxChunkSize), MaxKeysPerChunk = rows }
            : settings;

    public override async Task PrepareAsync(BenchDatabase bench, CancellationToken cancel)
    {
        await base.PrepareAsync(bench, cancel);
        _run = await Parts.PlanAsync(phase, cancel);
    }

    public override async Task<(long Rows, double? Seconds)> MeasureAsync(BenchDatabase bench, CancellationToken cancel)
    {
        await Parts.WorkAsync(_run!, cancel);
        return (await bench.Admin.QueryAsync(
            """
            SELECT sum(rows_confirmed)::bigint, extract(epoch FROM max(finished_at) - min(started_at))::double precision
              FROM cm_etl.chunk HAVING bool_and(state = 'done')
            """, r => (r.GetInt64(0), (double?)r.GetDouble(1)), cancel)).Single();
    }
}
