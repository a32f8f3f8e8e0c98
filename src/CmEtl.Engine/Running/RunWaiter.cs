using System.Diagnostics;

namespace CmEtl.Engine;

/// <summary>Waits for the end of a run that is led elsewhere, without working on it.</summary>
internal sealed class RunWaiter(EtlSettings settings, RunLedger runs, StatusReader status, Database database, Outage outage)
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    /// <summary>Between two steps of a state machine no process holds a lease, and a new leader may replace one that died.</summary>
    private TimeSpan Patience => TimeSpan.FromSeconds(Math.Max(settings.LeaseSeconds * 2, 60));

    /// <returns>
    /// The run at its end, or a running one whose reason says that no process works on it. Throws <see cref="ErrorIds.WaitTimeout"/>
    /// when it is still running after <paramref name="timeout"/>.
    /// </returns>
    public async Task<EtlStatus> WaitAsync(string runId, TimeSpan? timeout, IProgress<EtlStatus>? progress, CancellationToken cancel)
    {
        var waited = Stopwatch.StartNew();
        Stopwatch? alone = null;
        while (true)
        {
            var (now, alive) = await outage.RideOutAsync("Status", c => LookAsync(runId, c), cancel);
            progress?.Report(now);
            if (now.State != RunState.Running)
            {
                return now;
            }

            alone = alive ? null : alone ?? Stopwatch.StartNew();
            if (alone?.Elapsed >= Patience)
            {
                return now with { Reason = "no process works on it: start again to resume" };
            }

            if (timeout is { } limit && waited.Elapsed >= limit)
            {
                throw new CmEtlException(
                    ErrorKind.Transient, ErrorIds.WaitTimeout,
                    $"Run {runId} is still running after {limit:d\\.hh\\:mm\\:ss}. It continues.", "Wait again.") { Subject = runId };
            }

            var rest = timeout - waited.Elapsed ?? Poll;
            await Task.Delay(rest < Poll ? rest > TimeSpan.Zero ? rest : TimeSpan.Zero : Poll, cancel);
        }
    }

    private async Task<(EtlStatus Status, bool Alive)> LookAsync(string runId, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return (await status.ReadAsync(runId, cancel), await runs.IsAliveAsync(connection, runId, cancel));
    }
}
