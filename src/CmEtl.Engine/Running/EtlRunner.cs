using Microsoft.Extensions.Logging;

namespace CmEtl.Engine;

/// <summary>
/// The in-process orchestrator: begin, Task 01, plan, workers, verification. Each step asks the ledger first, so a run that was killed at
/// any point continues from there. A start that joins a run works until the run has ended, and takes over its lead if its leader is gone.
/// </summary>
internal sealed class EtlRunner(
    EtlSettings settings, RunLedger runs, RunSteps steps, ChunkWorker worker, StatusReader status, PressureGauge gauge, HookRunner hooks,
    Notifier notifier, RunObserver observer, MetricsFile metrics, Outage outage, ILogger log)
{
    private static readonly TimeSpan HelperPoll = TimeSpan.FromMilliseconds(250);

    /// <summary>Why the end of the run could not be written or was not awaited; null when it was written.</summary>
    private string? _unwritten;

    public async Task<EtlStatus> RunAsync(StartRequest request, IProgress<EtlStatus>? progress, CancellationToken cancel)
    {
        RunTicket ticket;
        LastStatus? last = null;
        do
        {
            ticket = await steps.BeginAsync(request, cancel);
            last ??= new LastStatus(new EtlStatus { RunId = ticket.Run.RunId, State = RunState.Running, Step = EtlStep.Task01 }, progress);
            request = request with { RunId = ticket.Run.RunId, New = false };
        }
        while (!await TakePartAsync(ticket, progress is null ? null : last, cancel));

        var final = await ReadEndAsync(ticket.Run.RunId, last.Value, cancel);
        await metrics.WriteAsync(final, CancellationToken.None);
        progress?.Report(final);
        return final;
    }

    /// <summary>
    /// Reads the status at the end of the run. If that fails, it returns the last known status with the state Running, which is not a
    /// success.
    /// </summary>
    private async Task<EtlStatus> ReadEndAsync(string runId, EtlStatus last, CancellationToken cancel)
    {
        using var limit = Limit(cancel);
        try
        {
            var final = await outage.RideOutAsync("Status", c => status.ReadAsync(runId, c), limit.Token);
            return final.State != RunState.Running || cancel.IsCancellationRequested ? final
                : final with { Reason = _unwritten ?? "another start has taken the run over" };
        }
        catch (Exception error)
        {
            return last with { State = RunState.Running, SweepSafe = false, Reason = $"the end of the run could not be read: {ErrorClassifier.Describe(error)}" };
        }
    }

    /// <returns>True when the run, or this process's part in it, has ended. False when it has to be begun again to lead it.</returns>
    private async Task<bool> TakePartAsync(RunTicket ticket, IProgress<EtlStatus>? progress, CancellationToken cancel)
    {
        using var monitor = new RunMonitor(settings, runs, status, outage, ticket, progress, cancel);
        try
        {
            if (ticket.Joined)
            {
                return await HelpAsync(ticket.Run, monitor.Token);
            }

            await LeadAsync(ticket, monitor, cancel);
            return true;
        }
        catch (OperationCanceledException) when (ticket.Joined)
        {
            return true;
        }
        catch (Exception error) when (ticket.Joined)
        {
            _unwritten = ErrorClassifier.Describe(error);
            log.LogWarning("This process no longer follows run {Run}: {Error}", ticket.Run.RunId, _unwritten);
            return true;
        }
        finally
        {
            await monitor.StopAsync();
        }
    }

    private async Task LeadAsync(RunTicket ticket, RunMonitor monitor, CancellationToken cancel)
    {
        var run = ticket.Run;
        using var activity = Telemetry.Start("cmetl.run", run.RunId);
        using var over = new CancellationTokenSource();
        var watch = observer.WatchAsync(run, over.Token);
        try
        {
            await hooks.BeforeAsync(run, monitor.Token);
            await steps.OpenAsync(ticket, monitor.Token);
            await steps.Task01Async(run, monitor.Token);
            await steps.PlanAsync(run, monitor.Token);
            await WorkAsync(run, monitor.Token);
            await steps.VerifyAsync(run, r => WorkAsync(r, monitor.Token), monitor.Token);
        }
        catch (OperationCanceledException)
        {
            var reason = monitor.Lost ? "another start has taken the run over" : $"canceled in {ThisProcess.Name}, user {Environment.UserName}{RunStop.Resume}";
            await EndAsync(run, RunState.Stopped, reason, cancel);
        }
        catch (Exception error)
        {
            var wrapped = ErrorClassifier.Wrap(error, $"Run {run.RunId}", settings);
            log.LogError("{Message}", wrapped.Message);
            await EndAsync(run, RunState.Failed, $"{wrapped.Message} {wrapped.Remedy}", cancel);
        }
        finally
        {
            await over.CancelAsync();
            await watch;
            await TryAsync(c => steps.CloseAsync(run, c), cancel);
            if (!monitor.Lost)
            {
                await hooks.AfterAsync(run, cancel);
                await notifier.EndedAsync(run.RunId, _unwritten, cancel);
            }
        }
    }

    /// <summary>
    /// Works on a run that another process leads: waits for its plan, processes open chunks, and waits for its end. When the leader is
    /// gone, this process takes over the lead, unless a stop was requested.
    /// </summary>
    /// <returns>False when the run has to be begun again because its leader is gone.</returns>
    private async Task<bool> HelpAsync(RunRow run, CancellationToken cancel)
    {
        for (var able = true; ; await Task.Delay(HelperPoll, cancel))
        {
            var now = await outage.RideOutAsync("Joined run", c => runs.WatchAsync(run.RunId, c), cancel);
            if (!now.Running)
            {
                return true;
            }

            if (able && now is { WorkLeft: true, StopRequested: false })
            {
                able = await TryWorkAsync(run, cancel);
            }
            else if (now is { Led: false, StopRequested: true } && (await runs.ReadAsync(run.RunId, cancel)).Stop is { } stop)
            {
                var led = run with { Attempt = now.Attempt };
                await steps.EndAsync(led, stop.State, stop.Text("its leader was gone"), cancel);
                await steps.CloseAsync(led, cancel);
            }
            else if (!now.Led && !able)
            {
                _unwritten = "no process works on it: start again to resume";
                return true;
            }
            else if (!now.Led)
            {
                log.LogWarning("Run {Run}: the leader is gone, this process takes over the lead", run.RunId);
                return false;
            }
        }
    }

    /// <returns>Whether this process can continue to work. Others may end the run.</returns>
    private async Task<bool> TryWorkAsync(RunRow run, CancellationToken cancel)
    {
        try
        {
            await WorkAsync(run, cancel);
            return true;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            log.LogWarning("This process no longer works on run {Run}: {Error}", run.RunId, ErrorClassifier.Describe(error));
            return false;
        }
    }

    /// <summary>Runs the workers. A worker that cannot continue leaves its work to the others. Ends when no worker is left.</summary>
    private async Task WorkAsync(RunRow run, CancellationToken cancel)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        gauge.Begin();
        var watch = Task.WhenAll(gauge.WatchAsync(run, over.Token), new ControlWatch(runs, log).WatchAsync(run, gauge, over.Token));
        var workers = new List<Task>();
        try
        {
            Task all;
            do
            {
                var raised = gauge.Raised;
                for (var n = workers.Count; n < gauge.Limit; n++)
                {
                    gauge.Join(n);
                    workers.Add(worker.RunAsync(run, n, gauge, cancel));
                }

                all = Task.WhenAll(workers);
                await Task.WhenAny(all, raised);
            }
            while (!all.IsCompleted);
            await all;
        }
        catch (Exception error) when (error is not OperationCanceledException && workers.Any(w => w.IsCompletedSuccessfully))
        {
            log.LogWarning(
                "{Left} of {All} workers ended early: {Error}", workers.Count(w => w.IsFaulted), workers.Count, ErrorClassifier.Describe(error));
        }
        finally
        {
            await over.CancelAsync();
            await watch;
        }
    }

    /// <summary>Waits for the server to write the end of a run. If it cannot be written, the run's lease expires by itself.</summary>
    private Task EndAsync(RunRow run, RunState state, string reason, CancellationToken cancel) =>
        TryAsync(c => steps.EndAsync(run, state, reason, c), cancel);

    private async Task TryAsync(Func<CancellationToken, Task> action, CancellationToken cancel)
    {
        using var limit = Limit(cancel);
        try
        {
            await action(limit.Token);
        }
        catch (Exception error)
        {
            var described = ErrorClassifier.Describe(error);
            _unwritten ??= $"the end of the run could not be stored: {described}";
            log.LogWarning("The end of the run could not be stored in the ledger: {Error}", described);
        }
    }

    private CancellationTokenSource Limit(CancellationToken cancel) =>
        cancel.IsCancellationRequested ? new CancellationTokenSource(outage.CleanUpLimit) : CancellationTokenSource.CreateLinkedTokenSource(cancel);

    /// <summary>Remembers the last reported status.</summary>
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
