using System.Data;
using System.Diagnostics;
using CmEtl.Engine;

namespace CmEtl.Benchmarks;

/// <summary>One half of the chunks' work: staging the values, or writing the staged values.</summary>
internal sealed class StepLine(string name, bool writing) : EngineLine(name, 1, LimitLine.LimitName)
{
    private RunRow? _run;

    public override async Task PrepareAsync(BenchDatabase bench, CancellationToken cancel)
    {
        await base.PrepareAsync(bench, cancel);
        _run = await Parts.PlanAsync(Phase.Chunked, cancel);
    }

    public override async Task<(long Rows, double? Seconds)> MeasureAsync(BenchDatabase bench, CancellationToken cancel)
    {
        var library = await Parts.Statements.GetAsync(cancel);
        var stages = ChunkStage.All.Select(s => s.Fill(library)).ToList();
        await using var connection = await Parts.Processor.OpenAsync(Phase.Chunked, cancel);
        var (watch, rows) = (new Stopwatch(), 0L);
        while (await Parts.Chunks.ClaimNextAsync(connection, _run!.RunId, "bench", cancel) is { } chunk)
        {
            await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
            var pairs = await PairsRelation.LockAsync(connection, library, Parts.Settings, cancel);
            await Parts.Chunks.HoldAsync(connection, _run, chunk, cancel);
            var parameters = Parts.Statements.Parameters(_run, chunk, pairs);
            await using var staging = connection.Batch(stages, parameters);
            await using var update = connection.Batch([library["task02/update"]], parameters);
            await staging.PrepareAsync(cancel);
            await update.PrepareAsync(cancel);
            Time(!writing);
            await staging.ExecuteNonQueryAsync(cancel);
            Time(writing);
            rows += await update.SingleAsync(r => r.Get<long>("rows_confirmed"), cancel);
            await transaction.CommitAsync(cancel);
            watch.Stop();
        }

        return (rows, watch.Elapsed.TotalSeconds);

        void Time(bool counts)
        {
            if (counts)
            {
                watch.Start();
            }
            else
            {
                watch.Stop();
            }
        }
    }
}
