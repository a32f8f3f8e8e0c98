using Microsoft.Extensions.Logging;

namespace CmEtl.Engine;

/// <summary>
/// Waits until the lease of another run has expired. After a crash it lasts up to lease_seconds, although no process works on the run any
/// more. A renewed lease belongs to a running process, and waiting would not help.
/// </summary>
internal sealed class LeaseWait(RunLedger runs, Outage outage, ILogger log)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);

    /// <summary>Returns when no other run is active, its lease was renewed, or the lease that was seen first has expired.</summary>
    /// <param name="runId">The run to join or resume, for which it does not wait; null when none was given.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task WaitAsync(string? runId, CancellationToken cancel)
    {
        if (await LookAsync(cancel) is not { } first || first.RunId == runId)
        {
            return;
        }

        log.LogWarning("Run {Run} is active: {Lease}. Waiting until the lease expires or is renewed", first.RunId, first.Text);
        var now = first;
        for (var end = Environment.TickCount64 + (long)first.Left.TotalMilliseconds + 1_000;
            Environment.TickCount64 < end && IsSame(now, first);)
        {
            await Task.Delay(Poll, cancel);
            now = await LookAsync(cancel);
        }
    }

    private static bool IsSame(RunLease? now, RunLease first) => now is not null && now.RunId == first.RunId && now.Until == first.Until;

    private Task<RunLease?> LookAsync(CancellationToken cancel) => outage.RideOutAsync("Wait for a lease", runs.ActiveAsync, cancel);
}
