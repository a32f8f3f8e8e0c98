using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace CmEtl.Engine;

/// <summary>
/// The in-process orchestrator: begin, Task 01, plan, workers, verified finish. Each step asks the ledger first, so a run that was killed
/// anywhere goes on from there.
/// </summary>
internal sealed class EtlRunner(
    EtlSettings settings, RunLedger runs, RunSteps steps, ChunkWorker worker, ChunkStatements statements, StatusReader status,
    PressureGauge gauge, ILogger log)
{
    public async Task<EtlStatus> RunAsync(StartRequest request, IProgress<EtlStatus>? progress, CancellationToken cancel)
    {
        var multiplier = await statements.DistanceMultiplierAsync(cancel);
        var ticket = await steps.BeginAsync(request, cancel);
        using var monitor = new RunMonitor(settings, runs, status, ticket.Run, progress, cancel);
        try
        {
            await (ticket.Joined ? WorkAsync(ticket.Run, multiplier, monitor.Token) : LeadAsync(ticket, multiplier, monitor));
        }
        catch (OperationCanceledException) when (ticket.Joined && monitor.Lost)
        {
            // The run has ended, or goes on under another start: what became of it is read below.
        }
        finally
        {
            await monitor.StopAsync();
        }

        var final = await status.ReadAsync(ticket.Run.RunId, CancellationToken.None);
        // Who joined is through when no chunk is left; the leader still verifies. It is waited for as long as it would count as alive.
        var patience = Stopwatch.StartNew();
        while (ticket.Joined && final.State == RunState.Running && !cancel.IsCancellationRequested && patience.Elapsed.TotalSeconds < settings.LeaseSeconds)
        {
            await Task.Delay(100, CancellationToken.None);
            final = await status.ReadAsync(ticket.Run.RunId, CancellationToken.None);
        }

        progress?.Report(final);
        return final;
    }

    private async Task LeadAsync(RunTicket ticket, decimal multiplier, RunMonitor monitor)
    {
        var run = ticket.Run;
        try
        {
            await steps.OpenAsync(ticket, monitor.Token);
            await steps.Task01Async(run, monitor.Token);
            await steps.PlanAsync(run, monitor.Token);
            await WorkAsync(run, multiplier, monitor.Token);
            await steps.FinishAsync(run, r => WorkAsync(r, multiplier, monitor.Token), monitor.Token);
        }
        catch (OperationCanceledException)
        {
            await EndAsync(run, RunState.Stopped, monitor.Lost ? "another start has taken the run over" : "cancelled; start again to resume");
        }
        catch (Exception error)
        {
            var wrapped = ErrorClassifier.Wrap(error, $"Run {run.RunId}", settings);
            log.LogError("{Message}", wrapped.Message);
            await EndAsync(run, RunState.Failed, $"{wrapped.Message} {wrapped.Remedy}");
        }
        finally
        {
            // Who has taken the run over is at work and will say so when it is not.
            if (!monitor.Lost)
            {
                await TryAsync(() => steps.CloseAsync(CancellationToken.None));
            }
        }
    }

    /// <summary>A worker that cannot go on, because the server has no connection left for it, leaves the work to those that can.</summary>
    private async Task WorkAsync(RunRow run, decimal multiplier, CancellationToken cancel)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var watch = gauge.WatchAsync(run, over.Token);
        var workers = Enumerable.Range(0, settings.MaxConcurrency)
            .Select(n => worker.RunAsync(run, n, gauge, multiplier, cancel)).ToList();
        try
        {
            await Task.WhenAll(workers);
        }
        catch (Exception error) when (error is not OperationCanceledException && workers.Any(w => w.IsCompletedSuccessfully))
        {
            log.LogWarning(
                "{Left} of {All} workers left early: {Error}", workers.Count(w => w.IsFaulted), workers.Count, ErrorClassifier.Describe(error));
        }
        finally
        {
            await over.CancelAsync();
            await watch;
        }
    }

    // The end of a run is written even when the server is in trouble; if it cannot be, the run's lease ends by itself.
    private Task EndAsync(RunRow run, RunState state, string reason) =>
        TryAsync(() => steps.EndAsync(run, state, reason, CancellationToken.None));

    private async Task TryAsync(Func<Task> action)
    {
        try
        {
            await action();
        }
        catch (Exception error) when (error is not CmEtlException)
        {
            log.LogWarning("Could not be written down: {Error}", ErrorClassifier.Describe(error));
        }
    }
}
