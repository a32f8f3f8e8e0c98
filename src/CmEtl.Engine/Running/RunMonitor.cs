namespace CmEtl.Engine;

/// <summary>
/// Beside the workers: keeps the orchestrator's lease alive, hears of a take-over, and reports progress. Its <see cref="Token"/> is what
/// the work listens to.
/// </summary>
internal sealed class RunMonitor : IDisposable
{
    /// <summary>At most four pictures a second; people cannot read faster and each costs a query.</summary>
    private static readonly TimeSpan ReportEvery = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _work;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

    public RunMonitor(
        EtlSettings settings, RunLedger runs, StatusReader status, Outage outage, RunTicket ticket, IProgress<EtlStatus>? progress,
            CancellationToken cancel)
    {
        _work = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        // The lease is the leader's: a process that has joined does not renew it, or a dead leader would look alive.
        _loop = Task.WhenAll(ticket.Joined ? Task.CompletedTask : BeatAsync(settings, runs, ticket.Run),
            ReportAsync(status, outage, ticket.Run, progress));
    }

    /// <summary>Cancelled by the caller, or when the run belongs to somebody else.</summary>
    public CancellationToken Token => _work.Token;

    /// <summary>Whether another orchestrator has taken the run over.</summary>
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
            // One that hangs on a dead connection must not keep the next from getting through on another.
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
                // A missed beat is what the lease is for: the next one may get through, and if not, others may take over.
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
                progress.Report(picture);
                // A plan of very many chunks takes longer to sum up; it is asked less often.
                pause = ReportEvery * Math.Max(1, picture.ChunksTotal / 2_000);
            }
            catch (Exception error) when (error is not ObjectDisposedException)
            {
                // Progress is a courtesy; the work must not fail for it.
                if (picture is not null && outage.Notice is { Length: > 0 } notice)
                {
                    progress.Report(picture with { Reason = notice });
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
