using Microsoft.Extensions.Logging;

namespace CmEtl.Engine;

/// <summary>
/// Controls how many workers may work. When the run backs off, their number is halved, down to one, and that worker also pauses between
/// chunks. It never drops to zero, because a run that makes no progress helps nobody. Afterwards one worker is added per sample, so that
/// the run finds out how many the server can take.
/// </summary>
internal sealed class PressureGauge(EtlSettings settings, Database database, SqlLibrary sql, RunLedger runs, ILogger log) : IDisposable
{
    private readonly IReadOnlyList<IPressureSignal> _signals =
    [
        new LockWaitSignal(settings.MaxLockWaitSeconds), new ReplicaLagSignal(settings.MaxReplicaLagMegabytes),
        new WalRateSignal(settings.MaxWalMegabytesPerSecond), new ConnectionSignal(settings.MinFreeConnections),
    ];

    private readonly SortedSet<int> _living = [];
    private volatile int _limit = settings.MaxConcurrency;
    private volatile int _allowed = settings.MaxConcurrency;
    private volatile bool _suspended;
    private volatile TaskCompletionSource _raised = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile string _reason = "";
    private CancellationTokenSource _finished = new();

    private TimeSpan Interval => TimeSpan.FromSeconds(settings.PressureIntervalSeconds);

    /// <summary>Cancelled when a worker has found that no chunk is left, so that no worker waits for its turn any longer.</summary>
    public CancellationToken Finished => _finished.Token;

    /// <summary>The largest number of workers: max_concurrency, or the value that Set-CmEtlRun has set for the run.</summary>
    public int Limit => _limit;

    /// <summary>Completes when <see cref="Limit"/> is raised after this task was requested.</summary>
    public Task Raised => _raised.Task;

    /// <summary>Call before the workers of a run are started.</summary>
    public void Begin()
    {
        lock (_living)
        {
            _living.Clear();
        }

        if (_finished.IsCancellationRequested)
        {
            _finished.Dispose();
            _finished = new CancellationTokenSource();
        }
    }

    /// <summary>Registers a worker that starts.</summary>
    public void Join(int worker)
    {
        lock (_living)
        {
            _living.Add(worker);
        }
    }

    /// <summary>Applies what was requested for the run.</summary>
    public void Follow(RunControls controls)
    {
        var before = _limit;
        _limit = controls.MaxConcurrency ?? settings.MaxConcurrency;
        _suspended = controls.Suspended;
        if (_limit > before)
        {
            // Without back-off the new limit applies immediately. During back-off the number of workers grows by itself.
            _allowed = _reason.Length > 0 ? _allowed : _limit;
            Interlocked.Exchange(ref _raised, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        }

        if (controls.Stop)
        {
            Finish();
        }
    }

    /// <summary>Passes the place of a worker that ends, for whatever reason, to the next worker.</summary>
    public void Leave(int worker)
    {
        lock (_living)
        {
            _living.Remove(worker);
        }
    }

    /// <summary>Whether the worker may take another chunk now.</summary>
    public bool Allows(int worker) => _finished.IsCancellationRequested || (Place(worker) < Allowed && _reason.Length == 0);

    /// <summary>Waits until the worker may work.</summary>
    public async Task EnterAsync(int worker, CancellationToken cancel)
    {
        if (_reason.Length > 0 && Place(worker) == 0)
        {
            await Task.Delay(Interval, cancel);
        }

        while (!_finished.IsCancellationRequested && Place(worker) >= Allowed)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), cancel);
        }
    }

    /// <summary>Lets all workers pass from now on, because no chunk is left.</summary>
    public void Finish() => _finished.Cancel();

    /// <inheritdoc/>
    public void Dispose() => _finished.Dispose();

    private int Allowed => _suspended ? 0 : Math.Min(_allowed, _limit);

    /// <summary>How many running workers have a lower number than this one. Those with the lowest numbers may work.</summary>
    private int Place(int worker)
    {
        lock (_living)
        {
            return _living.TakeWhile(w => w < worker).Count();
        }
    }

    /// <summary>Takes samples until cancelled.</summary>
    public async Task WatchAsync(RunRow run, CancellationToken cancel)
    {
        PressureSample? before = null;
        while (settings.BackOff && !cancel.IsCancellationRequested)
        {
            await Task.Delay(Interval, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                var now = await SampleAsync(cancel);
                await ApplyAsync(run, BackOffDecision.Of(_signals, before ?? now, now, _allowed, _limit), cancel);
                before = now;
            }
            catch (Exception error) when (ErrorClassifier.IsOfServer(error) || error is OperationCanceledException)
            {
                // A failed measurement does not slow the run down. If the server is in trouble, the chunks notice it.
                log.LogDebug("The state of the server could not be sampled: {Error}", ErrorClassifier.Describe(error));
            }
        }
    }

    private async Task ApplyAsync(RunRow run, BackOffDecision decision, CancellationToken cancel)
    {
        _allowed = decision.Workers;
        if (decision.BacksOff || _reason.Length > 0)
        {
            await runs.NoteAsync(run, decision.Note, cancel);
        }

        if (decision.BacksOff != _reason.Length > 0)
        {
            log.LogWarning("Run {Run}: {Note}", run.RunId, decision.BacksOff ? decision.Note : "back-off has ended");
        }

        _reason = decision.Reason;
    }

    private async Task<PressureSample> SampleAsync(CancellationToken cancel) =>
        (await database.QueryAsync(
            sql["pressure/sample"],
            r => new PressureSample(
                r.Get<double>("at"), r.Get<double>("lock_wait_seconds"), r.Get<double>("replica_lag_bytes"), r.Get<double>("wal_bytes"),
                r.Get<int>("free_connections")),
            cancel)).Single();
}
