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
    private static readonly TimeSpan ReadAgain = TimeSpan.FromMilliseconds(250);

    /// <summary>Why the end of the run could not be written; null when it was.</summary>
    private string? _unwritten;

    public async Task<EtlStatus> RunAsync(StartRequest request, IProgress<EtlStatus>? progress, CancellationToken cancel)
    {
        var multiplier = await statements.DistanceMultiplierAsync(cancel);
        var ticket = await steps.BeginAsync(request, cancel);
        var last = new LastStatus(new EtlStatus { RunId = ticket.Run.RunId, State = RunState.Running, Step = EtlStep.Task01 }, progress);
        using var monitor = new RunMonitor(settings, runs, status, ticket.Run, progress is null ? null : last, cancel);
        try
        {
            await (ticket.Joined ? WorkAsync(ticket.Run, multiplier, monitor.Token) : LeadAsync(ticket, multiplier, monitor));
        }
        catch (OperationCanceledException) when (ticket.Joined)
        {
            // The run has ended, goes on under another start, or is left by this process: what became of it is read below.
        }
        catch (Exception error) when (ticket.Joined)
        {
            log.LogWarning("This process works on run {Run} no more: {Error}", ticket.Run.RunId, ErrorClassifier.Describe(error));
        }
        finally
        {
            await monitor.StopAsync();
        }

        var final = await ReadEndAsync(ticket, last.Value, cancel);
        progress?.Report(final);
        return final;
    }

    /// <summary>
    /// The run at its end. A joined run is verified by its leader, which is waited for as long as somebody works on the run. When the end cannot be
    /// read, the last status that was is returned as of a run that goes on, which is no success.
    /// </summary>
    private async Task<EtlStatus> ReadEndAsync(RunTicket ticket, EtlStatus last, CancellationToken cancel)
    {
        var runId = ticket.Run.RunId;
        var reason = "";
        var silent = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                last = await status.ReadAsync(runId, CancellationToken.None);
                if (last.State != RunState.Running || cancel.IsCancellationRequested)
                {
                    return last;
                }

                if (!ticket.Joined)
                {
                    return last with { Reason = _unwritten ?? "another start has taken the run over" };
                }

                if (await runs.IsAliveAsync(runId, CancellationToken.None))
                {
                    silent.Restart();
                }

                reason = "nobody works on it: start again to resume";
            }
            catch (Exception error)
            {
                reason = $"its end could not be read: {ErrorClassifier.Describe(error)}";
            }

            if (silent.Elapsed.TotalSeconds >= settings.LeaseSeconds || cancel.IsCancellationRequested)
            {
                return last with { State = RunState.Running, SweepSafe = false, Reason = reason };
            }

            await Task.Delay(ReadAgain, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task LeadAsync(RunTicket ticket, double multiplier, RunMonitor monitor)
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
    private async Task WorkAsync(RunRow run, double multiplier, CancellationToken cancel)
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
        catch (Exception error)
        {
            var described = ErrorClassifier.Describe(error);
            _unwritten ??= $"its end could not be written: {described}";
            log.LogWarning("Could not be written down: {Error}", described);
        }
    }

    /// <summary>Remembers the last status that was reported.</summary>
    private sealed class LastStatus(EtlStatus first, IProgress<EtlStatus>? next) : IProgress<EtlStatus>
    {
        public EtlStatus Value { get; private set; } = first;

        public void Report(EtlStatus value)
        {
            Value = value;
            next?.Report(value);
        }
    }
}
