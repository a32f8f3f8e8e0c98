using Microsoft.Extensions.Logging;

namespace CmEtl.Engine;

/// <summary>Reads every second what was requested for the run, in each process that works on it, and passes it to the gauge.</summary>
internal sealed class ControlWatch(RunLedger runs, ILogger log)
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    /// <summary>Watches until cancelled.</summary>
    public async Task WatchAsync(RunRow run, PressureGauge gauge, CancellationToken cancel)
    {
        for (var suspended = false; !cancel.IsCancellationRequested;)
        {
            try
            {
                var controls = await runs.ControlsAsync(run.RunId, cancel);
                var limit = gauge.Limit;
                gauge.Follow(controls);
                if (gauge.Limit != limit)
                {
                    log.LogWarning(
                        "Run {Run} works with up to {Workers} {Noun} from now on", run.RunId, gauge.Limit, gauge.Limit == 1 ? "worker" : "workers");
                }

                if (controls.Suspended != suspended)
                {
                    suspended = controls.Suspended;
                    log.LogWarning("Run {Run} is {State}", run.RunId, suspended ? "suspended: no further chunk is started until it is resumed" : "resumed");
                }
            }
            catch (Exception error) when (ErrorClassifier.IsOfServer(error) || error is OperationCanceledException or CmEtlException)
            {
                // It reads again in a second. If the server is in trouble, the chunks notice it.
            }

            await Task.Delay(Poll, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
