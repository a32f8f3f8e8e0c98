using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace CmEtl.Engine;

/// <summary>
/// Waits for a server that is unavailable or read-only, as long as max_outage_minutes allows, and repeats the call that met it. One clock
/// for all callers of an engine: the outage begins with the first failure and ends when a new connection can write.
/// </summary>
internal sealed class Outage(EtlSettings settings, Database database, SqlLibrary sql, ILogger log)
{
    private const string ReadOnly = "25006";
    private const string IdleSession = "57P05";

    /// <summary>Repetitions of one call when the server is available between its failures, whatever retry_max_attempts says.</summary>
    private const int LeastRepeats = 3;

    /// <summary>Between two connection attempts. A failover takes 30 to 120 s, a restart a few seconds.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan RemindEvery = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private long? _since;
    private volatile string _notice = "";

    /// <summary>What is waited for and until when; empty while the server is available.</summary>
    public string Notice => _notice;

    /// <summary>How long cleaning up after a cancel may take. What is not written down ends with its lease.</summary>
    public TimeSpan CleanUpLimit => TimeSpan.FromSeconds(_notice.Length > 0 ? 1 : 5);

    /// <summary>
    /// Runs the call; repeats it after a wait for the server, and after a lock time-out, a deadlock or a serialization failure.
    /// </summary>
    /// <param name="what">For the log.</param>
    /// <param name="call">May run several times; asks the ledger what is done already.</param>
    /// <param name="cancel">Ends the call and any wait at once.</param>
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

    /// <summary>Whether a call that failed so often before is worth another attempt.</summary>
    public bool MayRepeat(Exception error, int failures) => ErrorClassifier.Classify(error).Action switch
    {
        ErrorAction.Retry when ErrorClassifier.Classify(error).SqlState != IdleSession => failures < settings.RetryMaxAttempts,
        ErrorAction.Retry or ErrorAction.RetryAfterLedgerCheck or ErrorAction.Await =>
            failures < Math.Max(settings.RetryMaxAttempts, LeastRepeats),
        _ => false,
    };

    /// <summary>Waits until another attempt makes sense: for the server, or for as long as a failed chunk would wait.</summary>
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
        var left = settings.MaxOutage - Stopwatch.GetElapsedTime(since);
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
                    $"{what}: the server was unavailable for {settings.MaxOutageMinutes} minutes, which is max_outage_minutes: {ErrorClassifier.Describe(last)}.",
                    "Start again to resume when the server is available, or raise max_outage_minutes.", ErrorClassifier.Classify(last).SqlState);
            }

            _notice = $"waiting for the server for up to {left:hh\\:mm\\:ss} (max_outage_minutes {settings.MaxOutageMinutes}): {ErrorClassifier.Describe(last)}";
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

    /// <summary>On a connection of its own, so that the host name is resolved again.</summary>
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
    /// Whether the error may be part of the outage. A standby or a proxy that takes over may refuse users and databases for a moment; this
    /// engine has been let in before.
    /// </summary>
    private static bool MayPass(Exception error)
    {
        var (action, sqlState) = ErrorClassifier.Classify(error);
        return action is not (ErrorAction.Fail or ErrorAction.Isolate)
            || sqlState.StartsWith("28", StringComparison.Ordinal) || sqlState.StartsWith("3D", StringComparison.Ordinal);
    }
}
