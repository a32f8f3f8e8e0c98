using System.Collections.Concurrent;
using System.Diagnostics;

namespace CmEtl.Engine;

/// <summary>
/// Executes every chunk of a plan and rolls it back. There is no run: nothing is written to the ledger, the snapshot or the table. As in a
/// run, rows are locked while their chunk is processed.
/// </summary>
internal sealed class DryRunner(EtlSettings settings, RunLedger runs, ChunkPlanner planner, ChunkProcessor processor, Database database)
{
    private const int MostReasons = 5;

    private readonly Lock _lock = new();

    public async Task<DryRunResult> RunAsync(Phase phase, IProgress<DryRunResult>? progress, CancellationToken cancel)
    {
        var run = await DescribeAsync(phase, cancel);
        var watch = Stopwatch.StartNew();
        var plan = await planner.PlanAsync(phase, run.WindowFrom, run.WindowTo, cancel);
        var result = new DryRunResult { WindowFrom = run.WindowFrom, WindowTo = run.WindowTo, ChunksTotal = plan.Count,
            RowsPlanned = plan.Sum(c => c.Rows) };
        var reasons = new List<string>();
        var queue = new ConcurrentQueue<PlannedChunk>(plan.OrderByDescending(c => c.Rows));
        await Task.WhenAll(Enumerable.Range(0, Math.Min(settings.MaxConcurrency, plan.Count)).Select(_ => WorkAsync()));
        return result with { Elapsed = watch.Elapsed, Reason = string.Join("; ", reasons.Distinct().Take(MostReasons)) };

        async Task WorkAsync()
        {
            while (queue.TryDequeue(out var chunk))
            {
                var (counts, reason) = await TryAsync(run, chunk, cancel);
                lock (_lock)
                {
                    result = (counts is null
                        ? result with { ChunksFailed = result.ChunksFailed + 1 } : result.With(counts)) with { Elapsed = watch.Elapsed };
                    reasons.AddRange(counts is null ? [reason] : []);
                }

                progress?.Report(result);
            }
        }
    }

    private async Task<(ChunkCounts? Counts, string Reason)> TryAsync(RunRow run, PlannedChunk chunk, CancellationToken cancel)
    {
        for (var failures = 1; ; failures++)
        {
            try
            {
                await using var connection = await processor.OpenAsync(run.Phase, cancel);
                return (await processor.RehearseAsync(connection, run, chunk, cancel), "");
            }
            catch (Exception error) when (!cancel.IsCancellationRequested)
            {
                if (ErrorClassifier.Classify(error).Action is not ErrorAction.Retry || failures > settings.RetryMaxAttempts)
                {
                    return (null, ErrorClassifier.Describe(error));
                }

                await Task.Delay(settings.RetryPause(failures), cancel);
            }
        }
    }

    /// <summary>
    /// Describes a run that would begin now. Throws when another run is active, because each would wait for the other's rows.
    /// </summary>
    private async Task<RunRow> DescribeAsync(Phase phase, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await runs.RefuseActiveAsync(connection, cancel);
        var (from, to) = await runs.WindowAsync(cancel);
        return new RunRow
        {
            RunId = "dry-run", State = RunState.Running, Phase = phase, MarkMode = MarkMode.SinglePass, WindowFrom = from, WindowTo = to,
            TimeZone = settings.SessionTimeZone, SettingsHash = settings.ResultHash(phase), SqlHash = SqlLibrary.Hash, Attempt = 0,
            DistanceMultiplier = await runs.DistanceMultiplierAsync(connection, cancel), Task01Done = false, Planned = true,
            PlannedChunks = 0,
        };
    }
}
