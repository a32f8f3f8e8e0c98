using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace CmEtl.Engine;

/// <summary>
/// Waits while the server is unavailable or read-only, for at most max_outage_minutes, and repeats the failed call. All callers of an
/// engine share one clock: the outage begins with the first failure and ends when a new connection can write.
/// </summary>
internal sealed class Outage(EtlSettings settings, Database database, SqlLibrary sql, ILogger log)
{
    private const string ReadOnly = "25006";
    private const string IdleSession = "57P05";

    /// <summary>
    /// Smallest number of repetitions of a call, regardless of retry_max_attempts, when the server is available between its failures.
    /// </summary>
    private const int LeastRepeats = 3;

    /// <summary>Pause between two connection attempts. A failover takes 30 to 120 s, a restart a few seconds.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan RemindEvery = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private long? _since;
    private volatile string _notice = "";

    /// <summary>What the engine waits for and how much longer; empty while the server is available.</summary>
    public string Notice => _notice;

    /// <summary>
    /// A status as this process knows better: a server that is read-only still shows the ledger, whose lease nobody can renew then.
    /// </summary>
    public EtlStatus Explain(EtlStatus status) =>
        _notice is { Length: > 0 } notice ? status with { Reason = notice, RowsPerSecond = null, Eta = null } : status;

    /// <summary>Time limit for cleaning up after a cancel. What could not be stored ends with its lease.</summary>
    public TimeSpan CleanUpLimit => TimeSpan.FromSeconds(_notice.Length > 0 ? 1 : 5);

    /// <summary>
    /// Runs the call. Repeats it after waiting for the server, and after a lock timeout, a deadlock or a serialization failure.
    /// </summary>
    /// <param name="what">Name of the call in log lines.</param>
    /// <param name="call">May run several times, so it must ask the ledger what is already done.</param>
    /// <param name="cancel">Ends the call and any wait immediately.</param>
    public async Task<T> RideOutAsync<T>(string what, Func<CancellationToken, Task<T>> call, CancellationToken cancel)
    {
        for (var failures = 0; ;)
        {
            try
            {
                return await call(cancel);
            }
            catch (Exception error) when (MayRepeat(error, failures) && !cancel.IsCancellationRequested)
            {
                await RecoverAsync(what, error, ++failures, cancel);
            }
        }
    }

    /// <inheritdoc cref="RideOutAsync{T}"/>
    public Task RideOutAsync(string what, Func<CancellationToken, Task> call, CancellationToken cancel) =>
        RideOutAsync(
            what, async c =>
            {
                await call(c);
                return true;
            },
            cancel);

    /// <summary>Whether a call that has failed this often should be repeated.</summary>
    public bool MayRepeat(Exception error, int failures) => ErrorClassifier.Classify(error).Action switch
    {
        ErrorAction.Retry when ErrorClassifier.Classify(error).SqlState != IdleSession => failures < settings.RetryMaxAttempts,
        ErrorAction.Retry or ErrorAction.RetryAfterLedgerCheck or ErrorAction.Await =>
            failures < Math.Max(settings.RetryMaxAttempts, LeastRepeats),
        _ => false,
    };

    /// <summary>Waits until a repetition makes sense: for the server, or as long as a failed chunk would wait.</summary>
    public async Task RecoverAsync(string what, Exception error, int failures, CancellationToken cancel)
    {
        var (action, sqlState) = ErrorClassifier.Classify(error);
        if (action is ErrorAction.RetryAfterLedgerCheck or ErrorAction.Await)
        {
            await WaitAsync(what, error, cancel);
        }
        else if (sqlState == IdleSession)
        {
            database.Forget();
        }
        else
        {
            var pause = settings.RetryPause(failures);
            log.LogWarning("{What}: {Error}; next attempt in {Seconds:F0} s", what, ErrorClassifier.Describe(error), pause.TotalSeconds);
            await Task.Delay(pause, cancel);
        }
    }

    private async Task WaitAsync(string what, Exception error, CancellationToken cancel)
    {
        // Idle connections may lead to the old primary.
        database.Forget();
        var (began, since) = Begin();
        var reminded = TimeSpan.Zero;
        for (var last = error; ; await Task.Delay(Pause, cancel))
        {
            try
            {
                await RequireWritableAsync(cancel);
                End(since);
                return;
            }
            catch (Exception failure) when (MayPass(failure) && !cancel.IsCancellationRequested)
            {
                last = failure;
            }

            var elapsed = Stopwatch.GetElapsedTime(since);
            if (elapsed >= settings.MaxOutage)
            {
                throw new CmEtlException(
                    ErrorKind.Transient, ErrorIds.ServerUnavailable,
                    $"{what}: the server was unavailable for {settings.MaxOutageMinutes} minutes (max_outage_minutes): {ErrorClassifier.Describe(last)}.",
                    "Start again to resume when the server is available. To wait longer, raise max_outage_minutes.", ErrorClassifier.Classify(last).SqlState);
            }

            _notice = string.Create(
                CultureInfo.InvariantCulture,
                $"waiting for the server for up to {settings.MaxOutage - elapsed:hh\\:mm\\:ss} (max_outage_minutes {settings.MaxOutageMinutes}): {ErrorClassifier.Describe(last)}");
            if (began && (reminded == TimeSpan.Zero || elapsed - reminded > RemindEvery))
            {
                log.LogWarning("{What}: {Notice}", what, _notice);
                reminded = elapsed;
            }
        }
    }

    private (bool Began, long Since) Begin()
    {
        lock (_lock)
        {
            var began = _since is null;
            return (began, _since ??= Stopwatch.GetTimestamp());
        }
    }

    private void End(long since)
    {
        lock (_lock)
        {
            if (_since != since)
            {
                return;
            }

            _since = null;
            if (_notice.Length > 0)
            {
                log.LogWarning("The server is available again after {Seconds:F0} s", Stopwatch.GetElapsedTime(since).TotalSeconds);
            }

            _notice = "";
        }

        database.Forget();
    }

    /// <summary>Uses a new connection, so that the host name is resolved again.</summary>
    private async Task RequireWritableAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenForTaskAsync(cancel);
        if (!(await connection.QueryAsync(sql["checks/writable"], r => r.GetBoolean(0), cancel)).Single())
        {
            throw new CmEtlException(
                ErrorKind.Transient, ErrorIds.Postgres + ReadOnly, SqlStates.Find(ReadOnly).Meaning, SqlStates.Find(ReadOnly).Remedy,
                ReadOnly);
        }
    }

    /// <summary>
    /// Whether the error may be part of the outage. A standby or proxy that takes over may refuse users and databases for a moment, and
    /// this engine has connected successfully before.
    /// </summary>
    private static bool MayPass(Exception error)
    {
        var (action, sqlState) = ErrorClassifier.Classify(error);
        return action is not (ErrorAction.Fail or ErrorAction.AwaitTable or ErrorAction.Isolate)
            || sqlState.StartsWith("28", StringComparison.Ordinal) || sqlState.StartsWith("3D", StringComparison.Ordinal);
    }
}
