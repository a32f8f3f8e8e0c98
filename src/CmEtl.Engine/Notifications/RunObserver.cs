using System.Diagnostics;

namespace CmEtl.Engine;

/// <summary>
/// Observes a run: writes its metrics to a file every few seconds, and sends a notification when it waits or makes no progress for
/// notify_stall_minutes. This costs one query each time, and none when neither is configured.
/// </summary>
internal sealed class RunObserver(EtlSettings settings, StatusReader status, Outage outage, Notifier notifier, MetricsFile metrics)
{
    private static readonly TimeSpan Often = TimeSpan.FromSeconds(5);

    private TimeSpan Limit => TimeSpan.FromMinutes(settings.NotifyStallMinutes);

    private bool Tells => notifier.IsOn && settings.NotifyStallMinutes > 0;

    /// <summary>Observes until cancelled.</summary>
    public async Task WatchAsync(RunRow run, CancellationToken cancel)
    {
        var pause = Tells && Limit / 4 < Often ? Limit / 4 : Often;
        var last = new EtlStatus { RunId = run.RunId, State = RunState.Running, Step = EtlStep.Task01 };
        var (moved, told) = (Stopwatch.GetTimestamp(), false);
        while ((Tells || metrics.IsOn) && !cancel.IsCancellationRequested)
        {
            await Task.Delay(pause, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                var now = outage.Explain(await status.ReadAsync(run.RunId, cancel));
                if (now.Step != last.Step || now.ChunksDone != last.ChunksDone || now.ChunksTotal != last.ChunksTotal)
                {
                    (moved, told) = (Stopwatch.GetTimestamp(), false);
                }

                last = now;
                await metrics.WriteAsync(now, cancel);
            }
            catch (Exception) when (!cancel.IsCancellationRequested)
            {
                // If the server is unavailable, the run waits, which is the reason here.
                last = last with { Reason = outage.Notice };
            }
            catch (Exception)
            {
                return;
            }

            if (Tells && !told && Stopwatch.GetElapsedTime(moved) >= Limit)
            {
                told = true;
                await notifier.WaitsAsync(last.Reason.Length > 0 ? NotificationKind.RunWaiting : NotificationKind.RunStalled, last, cancel);
            }
        }
    }

    /// <summary>Awaits a wait before a run, and sends a notification if it takes long.</summary>
    public async Task WatchAsync(Task wait, string reason, CancellationToken cancel)
    {
        if (Tells && await Task.WhenAny(wait, Task.Delay(Limit, cancel)) != wait && !cancel.IsCancellationRequested)
        {
            await notifier.WaitsAsync(
                NotificationKind.RunWaiting,
                new EtlStatus { RunId = "", State = RunState.Running, Step = EtlStep.Task01, Reason = reason }, cancel);
        }

        await wait;
    }
}
