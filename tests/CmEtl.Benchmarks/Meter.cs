using System.Diagnostics;
using CmEtl.Engine;

namespace CmEtl.Benchmarks;

/// <summary>Runs one line once: reset, checkpoint, then time, WAL, tuples and client memory of the measured part alone.</summary>
internal static class Meter
{
    private const string Table = "conflict.conflictvisitmaps";

    public static async Task<Sample> MeasureAsync(BenchDatabase bench, Line line, int round, CancellationToken cancel)
    {
        await bench.RestoreAsync(line.FillFactor, cancel);
        await bench.Admin.ExecuteAsync($"VACUUM (ANALYZE) {Table}", cancel);
        try
        {
            await line.PrepareAsync(bench, cancel);
            await bench.Admin.ExecuteAsync("CHECKPOINT", cancel);
            var tuplesBefore = await TuplesAsync(bench, cancel);
            var walBefore = await WalAsync(bench, cancel);
            using var memory = new MemoryPeak();
            var watch = Stopwatch.StartNew();
            var (rows, seconds) = await line.MeasureAsync(bench, cancel);
            var elapsed = seconds ?? watch.Elapsed.TotalSeconds;
            var peak = memory.Stop();
            var wal = await WalAsync(bench, cancel) - walBefore;
            await line.DisposeAsync();
            await SessionsEndAsync(bench, cancel);
            var tuples = await TuplesAsync(bench, cancel);
            return new(
                line, round, elapsed, rows, wal, tuples.Dead - tuplesBefore.Dead, tuples.Updated - tuplesBefore.Updated,
                tuples.Hot - tuplesBefore.Hot, peak);
        }
        finally
        {
            await line.DisposeAsync();
        }
    }

    private static async Task<long> WalAsync(BenchDatabase bench, CancellationToken cancel) => (await bench.Admin.QueryAsync(
        "SELECT (pg_current_wal_insert_lsn() - '0/0')::bigint", r => r.GetInt64(0), cancel)).Single();

    private static async Task<(long Dead, long Updated, long Hot)> TuplesAsync(BenchDatabase bench, CancellationToken cancel)
    {
        await bench.Admin.ExecuteAsync("SELECT pg_stat_force_next_flush()", cancel);
        return (await bench.Admin.QueryAsync(
            $"SELECT n_dead_tup, n_tup_upd, n_tup_hot_upd FROM pg_stat_all_tables WHERE relid = '{Table}'::regclass",
            r => (r.GetInt64(0), r.GetInt64(1), r.GetInt64(2)), cancel)).Single();
    }

    /// <summary>A session reports its counters at the latest when it ends.</summary>
    private static async Task SessionsEndAsync(BenchDatabase bench, CancellationToken cancel)
    {
        const string Others = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()";
        while ((await bench.Admin.QueryAsync(Others, r => r.GetInt64(0), cancel)).Single() > 0)
        {
            await Task.Delay(20, cancel);
        }
    }
}
