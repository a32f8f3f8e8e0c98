using Microsoft.Extensions.Logging;
using Npgsql;

namespace CmEtl.Engine;

/// <summary>Beside the workers of a process: hears within a second what is asked of the run, and lets the gauge follow.</summary>
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
                    log.LogWarning("Run {Run} is {State}", run.RunId, suspended ? "suspended: no chunk is begun until Resume-CmEtl" : "resumed");
                }
            }
            catch (Exception error) when (error is NpgsqlException or OperationCanceledException or TimeoutException or CmEtlException)
            {
                // Asked again in a second; a server in trouble shows in the chunks.
            }

            await Task.Delay(Poll, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
