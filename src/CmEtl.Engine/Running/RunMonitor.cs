namespace CmEtl.Engine;

/// <summary>
/// Runs next to the workers: renews the orchestrator's lease, detects a takeover, and reports progress. Its <see cref="Token"/> cancels the
/// work.
/// </summary>
internal sealed class RunMonitor : IDisposable
{
    /// <summary>At most four reports per second. Each costs a query, and more would not be readable.</summary>
    private static readonly TimeSpan ReportEvery = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _work;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

    public RunMonitor(
        EtlSettings settings, RunLedger runs, StatusReader status, Outage outage, RunTicket ticket, IProgress<EtlStatus>? progress,
        CancellationToken cancel)
    {
        _work = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        // Only the leader renews the lease. If a joined process renewed it, a dead leader would look alive.
        _loop = Task.WhenAll(ticket.Joined ? Task.CompletedTask : BeatAsync(settings, runs, ticket.Run),
            ReportAsync(status, outage, ticket.Run, progress));
    }

    /// <summary>Cancelled by the caller, or when the run was taken over by another orchestrator.</summary>
    public CancellationToken Token => _work.Token;

    /// <summary>Whether another orchestrator has taken over the run.</summary>
    public bool Lost { get; private set; }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _loop;
    }

    public void Dispose()
    {
        _work.Dispose();
        _stop.Dispose();
    }

    private async Task BeatAsync(EtlSettings settings, RunLedger runs, RunRow run)
    {
        var pause = TimeSpan.FromSeconds(settings.LeaseSeconds / 3.0);
        while (await PauseAsync(pause))
        {
            // A renewal that hangs on a dead connection must not prevent the next one on another connection.
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            limit.CancelAfter(pause);
            try
            {
                if (await runs.HeartbeatAsync(run, limit.Token) is null)
                {
                    Lost = true;
                    await _work.CancelAsync();
                    return;
                }
            }
            catch (Exception error) when (error is not ObjectDisposedException)
            {
                // The lease tolerates missed renewals. If none succeeds in time, another process may take over.
            }
        }
    }

    private async Task ReportAsync(StatusReader status, Outage outage, RunRow run, IProgress<EtlStatus>? progress)
    {
        var pause = ReportEvery;
        EtlStatus? picture = null;
        while (progress is not null && await PauseAsync(pause))
        {
            try
            {
                picture = await status.ReadAsync(run.RunId, _stop.Token);
                progress.Report(outage.Explain(picture));
                // Summing up a plan with very many chunks takes longer, so it is done less often.
                pause = ReportEvery * Math.Max(1, picture.ChunksTotal / 2_000);
            }
            catch (Exception error) when (error is not ObjectDisposedException)
            {
                // A failed progress report must not fail the work.
                if (picture is not null && outage.Notice.Length > 0)
                {
                    progress.Report(outage.Explain(picture));
                }
            }
        }
    }

    private async Task<bool> PauseAsync(TimeSpan time)
    {
        await Task.Delay(time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !_stop.IsCancellationRequested;
    }
}
