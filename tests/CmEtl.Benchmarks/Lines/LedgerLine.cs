using CmEtl.Engine;

namespace CmEtl.Benchmarks;

/// <summary>The limit of the ledger itself: chunks that are claimed and completed without any work.</summary>
internal sealed class LedgerLine() : EngineLine("ledger claim + complete", 8, "")
{
    private const int ChunkCount = 8_000;

    private RunRow? _run;

    public override async Task PrepareAsync(BenchDatabase bench, CancellationToken cancel)
    {
        await base.PrepareAsync(bench, cancel);
        _run = await Parts.BeginAsync(Phase.Chunked, cancel);
        await bench.Admin.ExecuteAsync(
            $"""
            INSERT INTO cm_etl.chunk (run_id, chunk_id, from_date, from_ssn, from_id, to_date, to_ssn, to_id, first_date, last_date,
                                      estimated_rows, keys, dates, ssns, split_key)
            SELECT run_id, n, window_from, '', n, window_from, '', n + 1, window_from, window_from, 0, 0, 0, 0, false
              FROM cm_etl.run, generate_series(1, {ChunkCount}) AS n;
            ANALYZE cm_etl.chunk;
            """, cancel);
    }

    public override async Task<(long Rows, double? Seconds)> MeasureAsync(BenchDatabase bench, CancellationToken cancel)
    {
        var done = await Task.WhenAll(Enumerable.Range(0, Connections).Select(n => WorkAsync($"bench-{n}", cancel)));
        return (done.Sum(), null);
    }

    private async Task<long> WorkAsync(string name, CancellationToken cancel)
    {
        await using var connection = await Parts.Database.OpenAsync(cancel);
        var done = 0L;
        while (await Parts.Chunks.ClaimNextAsync(connection, _run!.RunId, name, cancel) is { } chunk)
        {
            await Parts.Chunks.CompleteAsync(connection, new ChunkResult { RunId = _run.RunId, ChunkId = chunk.ChunkId }, chunk,
                new ChunkOutcome(0, ""), cancel);
            done++;
        }

        return done;
    }
}
