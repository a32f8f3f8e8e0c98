using Microsoft.Extensions.Logging;

namespace CmEtl.Engine;

/// <content>The steps of a run that a state machine leads.</content>
public sealed partial class EtlEngine
{
    /// <summary>First step of a run that a state machine leads: preflight, then begin, resume or join the run.</summary>
    /// <returns>The status of the run. Its id differs from the requested one when an unfinished run is resumed.</returns>
    public Task<EtlStatus> BeginAsync(StartRequest request, CancellationToken cancel) => GuardAsync("Begin", async () =>
    {
        Hook.Check(Settings);
        await RefuseAsync(cancel);
        var ticket = await _steps.BeginAsync((await WithStopAtAsync(request, cancel)).Request with { ByStateMachine = true }, cancel);
        if (!ticket.Joined)
        {
            await BeforeAsync(ticket.Run, cancel);
            await _steps.OpenAsync(ticket, cancel);
        }

        return await _status.ReadAsync(ticket.Run.RunId, cancel);
    });

    /// <summary>Second step: Task 01, once per run.</summary>
    /// <returns>Its counts, or null when this run has already done it.</returns>
    public Task<Task01Result?> RunTask01Async(string runId, CancellationToken cancel) =>
        GuardAsync("Task 01", () => StepAsync(runId, _steps.Task01Async, cancel));

    /// <summary>Third step: the plan, once per run.</summary>
    /// <returns>The chunks that are not done.</returns>
    public Task<IReadOnlyList<ChunkInfo>> PlanAsync(string runId, CancellationToken cancel, int? targetChunkSize = null) =>
        GuardAsync("Plan", () => StepAsync(runId, async (run, stop) =>
        {
            await _steps.PlanAsync(run, stop, targetChunkSize);
            return (IReadOnlyList<ChunkInfo>)[.. (await _status.ReadChunksAsync(runId, stop)).Where(c => c.State != ChunkState.Done)];
        }, cancel));

    /// <summary>
    /// Last step: verifies and ends the run. It is completed, or failed with a reason; the caller decides how to treat a failure.
    /// </summary>
    public Task<EtlStatus> FinishAsync(string runId, CancellationToken cancel) =>
        GuardAsync("Finish", () => StepAsync(runId, async (run, stop) =>
        {
            using var alone = new PressureGauge(Settings, _database, _sql, _runs, _log);
            await _steps.VerifyAsync(run, r => _worker.RunAsync(r, 0, alone, stop), stop);
            // The run has ended, so its lease can no longer be renewed. That must not prevent the remaining actions.
            await _steps.CloseAsync(run, cancel);
            await EndedAsync(run, cancel);
            return await _status.ReadAsync(runId, cancel);
        }, cancel));

    /// <summary>Runs a step of a run and renews the run's lease meanwhile.</summary>
    private async Task<T> StepAsync<T>(string runId, Func<RunRow, CancellationToken, Task<T>> step, CancellationToken cancel)
    {
        var run = await _outage.RideOutAsync("Step", c => _runs.ReadAsync(runId, c), cancel);
        _runs.RefuseOther(run);
        if (await _outage.RideOutAsync("Step", c => _runs.HeartbeatAsync(run, c), cancel) is null)
        {
            throw RunLedger.Ended(run);
        }

        using var monitor = new RunMonitor(Settings, _runs, _status, _outage, RunTicket.Of(run), progress: null, cancel);
        try
        {
            await _steps.ShowAsync(run, monitor.Token);
            return await step(run, monitor.Token);
        }
        catch
        {
            // Possibly no other step follows, and then screens would show the refresh forever. A repeated step sets the mark again.
            await HideAsync(run);
            throw;
        }
        finally
        {
            await monitor.StopAsync();
        }
    }

    /// <summary>Runs the hooks before a run that a state machine leads, and renews the run's lease meanwhile.</summary>
    private async Task BeforeAsync(RunRow run, CancellationToken cancel)
    {
        if (Settings.BeforeRun.Length == 0)
        {
            return;
        }

        try
        {
            await StepAsync(run.RunId, async (r, stop) =>
            {
                await _hooks.BeforeAsync(r, stop);
                return true;
            }, cancel);
        }
        catch (CmEtlException error) when (error.ErrorId == ErrorIds.HookFailed)
        {
            await _steps.EndAsync(run, RunState.Failed, $"{error.Message} {error.Remedy}", cancel);
            await EndedAsync(run, cancel);
            throw;
        }
    }

    private async Task EndedAsync(RunRow run, CancellationToken cancel)
    {
        await _hooks.AfterAsync(run, cancel);
        await _notifier.EndedAsync(run.RunId, unwritten: null, cancel);
    }

    private async Task HideAsync(RunRow run)
    {
        using var limit = new CancellationTokenSource(_outage.CleanUpLimit);
        try
        {
            await _steps.CloseAsync(run, limit.Token);
        }
        catch (Exception error) when (ErrorClassifier.IsOfServer(error) || error is OperationCanceledException or CmEtlException)
        {
            _log.LogWarning("InProgressFlag could not be cleared: {Error}", ErrorClassifier.Describe(error));
        }
    }
}
