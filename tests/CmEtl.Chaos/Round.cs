using CmEtl.Chaos.Faults;
using CmEtl.Chaos.Processes;
using CmEtl.Chaos.World;
using CmEtl.Engine;
using Npgsql;

namespace CmEtl.Chaos;

/// <summary>One run that several processes work on, until its end, with all faults of a plan.</summary>
internal sealed class Round(ChaosDatabase database, ChaosOptions options, FaultPlan plan, int restarts, ChaosCounts counts)
{
    /// <summary>How long the other workers may take to notice the end of the run.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(15);

    /// <param name="runId">The run.</param>
    /// <param name="inOnePass">Whether rows are marked and updated in one transaction.</param>
    /// <param name="cancel">The deadline of the whole soak test.</param>
    public async Task RunAsync(string runId, bool inOnePass, CancellationToken cancel)
    {
        var settings = database.Settings with { MarkMode = inOnePass ? MarkMode.SinglePass : MarkMode.TwoPhase };
        if (options.Worker != WorkerKind.Engine)
        {
            await PlanAsync(settings, runId, cancel);
        }

        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var slots = Enumerable.Range(0, options.Workers)
            .Select(_ => new WorkerSlot(database, settings, options.Worker, runId, plan, counts).RunAsync(over.Token)).ToList();
        var restarting = RestartAsync(over.Token);
        try
        {
            await await Task.WhenAny(slots);
            // A worker that ends the run ends it for all. Frozen workers, and workers with a dead connection, are not awaited.
            over.CancelAfter(Farewell);
            await Task.WhenAll(slots);
        }
        finally
        {
            await over.CancelAsync();
            await Task.WhenAll([.. slots, restarting]);
        }

        cancel.ThrowIfCancellationRequested();
        await FinishAsync(settings, runId, cancel);
    }

    /// <summary>Workers other than the engine only process chunks, so the run is begun and planned here.</summary>
    private static async Task PlanAsync(EtlSettings settings, string runId, CancellationToken cancel)
    {
        await using var engine = new EtlEngine(settings, Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance);
        await engine.BeginAsync(new StartRequest { RunId = runId }, cancel);
        await engine.RunTask01Async(runId, cancel);
        await engine.PlanAsync(runId, cancel);
    }

    private async Task FinishAsync(EtlSettings settings, string runId, CancellationToken cancel)
    {
        await using var engine = new EtlEngine(settings, Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance);
        var status = options.Worker == WorkerKind.Engine
            ? await engine.GetStatusAsync(runId, cancel)
            : await engine.FinishAsync(runId, cancel);
        if (status.State != RunState.Completed)
        {
            throw new InvalidOperationException($"{runId} ended {status.State}: {status.Reason}");
        }
    }

    /// <summary>Stops the server at evenly distributed points of the run's progress.</summary>
    private async Task RestartAsync(CancellationToken cancel)
    {
        for (var n = 0; n < restarts && !cancel.IsCancellationRequested;)
        {
            await Task.Delay(100, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                var done = await database.ReadAsync<long>("SELECT count(*) FROM cm_etl.chunk WHERE state = 'done'", cancel);
                if (done < database.Chunks * (n + 0.5) / restarts)
                {
                    continue;
                }
            }
            catch (Exception error) when (error is OperationCanceledException or NpgsqlException)
            {
                continue;
            }

            await database.Server.StopAsync();
            await database.Server.StartAsync();
            counts.AddRestart();
            n++;
        }
    }
}
