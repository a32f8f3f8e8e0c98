using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CmEtl.Engine;

/// <summary>Claims chunks one after the other, processes them and records how each attempt ended.</summary>
internal sealed class ChunkWorker(
    EtlSettings settings, RunLedger runs, ChunkLedger ledger, ChunkProcessor processor, Outage outage, ILogger log)
{
    /// <summary>
    /// Waits of a worker without a chunk before it tries to claim again, because the chunks of other workers may be reset. The first is
    /// short, because it delays the end of a run of short chunks. Each further one is twice as long, up to the longest.
    /// </summary>
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(10), LongestWait = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// Works until the run has no chunk left to claim, a stop is requested, or the server needs a pause. Waits while the server is
    /// unavailable. A worker that ends passes its place on.
    /// </summary>
    public async Task RunAsync(RunRow run, int number, PressureGauge gauge, CancellationToken cancel)
    {
        var name = $"{ThisProcess.Id}-{number}";
        try
        {
            for (var troubles = 0; ;)
            {
                try
                {
                    await gauge.EnterAsync(number, cancel);
                    if (!await WorkAsync(run, name, number, gauge, cancel))
                    {
                        gauge.Finish();
                        return;
                    }

                    troubles = 0;
                }
                catch (Exception error) when (MayRepeat(error, troubles) && !cancel.IsCancellationRequested)
                {
                    using var wait = CancellationTokenSource.CreateLinkedTokenSource(cancel, gauge.Finished);
                    await outage.RecoverAsync($"Worker {name}", error, ++troubles, wait.Token);
                }
            }
        }
        catch (OperationCanceledException) when (gauge.Finished.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            // It waited for the server while the other workers completed all chunks.
        }
        finally
        {
            gauge.Leave(number);
        }
    }

    /// <summary>Works on one connection until an attempt fails or the worker has to wait.</summary>
    /// <returns>
    /// False when no work is left. True after a failed attempt, which requires a new connection, and when the worker has to wait.
    /// </returns>
    private async Task<bool> WorkAsync(
        RunRow run, string name, int number, PressureGauge gauge, CancellationToken cancel)
    {
        await using var connection = await processor.OpenAsync(run.Phase, cancel);
        for (var wait = FirstWait; ;)
        {
            if (await ledger.ClaimNextAsync(connection, run.RunId, name, cancel) is { } chunk)
            {
                if (chunk.Failures > settings.RetryMaxAttempts)
                {
                    await GiveUpAsync(run, chunk, cancel);
                    continue;
                }

                if (await ProcessAsync(connection, run, chunk, cancel) is null || !gauge.Allows(number))
                {
                    return true;
                }

                await PauseAsync(gauge, cancel);
                wait = FirstWait;
            }
            else if (await ledger.NextDueAsync(connection, run.RunId, cancel) is { } due)
            {
                if (!gauge.Allows(number))
                {
                    return true;
                }

                await Task.Delay(due < wait ? due + TimeSpan.FromMilliseconds(20) : wait, cancel);
                wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
            }
            else
            {
                return false;
            }
        }
    }

    /// <summary>The configured pause between two chunks. Ends early when no chunk is left.</summary>
    private async Task PauseAsync(PressureGauge gauge, CancellationToken cancel)
    {
        if (settings.ChunkDelaySeconds > 0)
        {
            using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel, gauge.Finished);
            await Task.Delay(TimeSpan.FromSeconds(settings.ChunkDelaySeconds), over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancel.ThrowIfCancellationRequested();
        }
    }

    public Task<NpgsqlConnection> OpenAsync(Phase phase, CancellationToken cancel) => processor.OpenAsync(phase, cancel);

    /// <summary>Makes one attempt at a claimed chunk. An error is recorded in the ledger, and the result is null.</summary>
    public async Task<ChunkResult?> ProcessAsync(
        NpgsqlConnection connection, RunRow run, ClaimedChunk chunk, CancellationToken cancel, bool rethrow = false, ChunkDeadline? deadline = null)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            using var activity = Telemetry.Start("cmetl.chunk", run.RunId)?.SetTag("cmetl.chunk_id", chunk.ChunkId);
            var result = await processor.ProcessAsync(connection, run, chunk, cancel);
            Telemetry.Done(result);
            return result;
        }
        catch (Exception error) when (error is OperationCanceledException || cancel.IsCancellationRequested)
        {
            // The transaction is rolled back with its connection. The chunk is returned without counting a failure, unless it used most of
            // a function's time.
            Telemetry.Failed("canceled");
            await connection.CloseAsync();
            await GiveBackAsync(run, chunk, split: deadline?.IsUsedUpBy(watch.Elapsed) == true);
            throw new OperationCanceledException(cancel);
        }
        catch (Exception error)
        {
            await connection.CloseAsync();
            Telemetry.Failed("failed");
            error = Recognize(error, run, chunk, watch.Elapsed);
            await WriteDownAsync(run, chunk, error, cancel);
            return rethrow ? throw ErrorClassifier.Wrap(error, $"Chunk {chunk.ChunkId} of run {run.RunId}", settings) : null;
        }
    }

    /// <summary>If a statement was canceled before its time limit, an administrator did it, and the chunk is not too large.</summary>
    private Exception Recognize(Exception error, RunRow run, ClaimedChunk chunk, TimeSpan elapsed)
    {
        var limit = TimeSpan.FromSeconds(settings.ChunkLimitSeconds(run.Phase));
        return error is PostgresException { SqlState: PostgresErrorCodes.QueryCanceled } && elapsed < limit * 0.95
            ? new CmEtlException(
                ErrorKind.Transient, ErrorIds.Postgres + PostgresErrorCodes.QueryCanceled,
                $"Chunk {chunk.ChunkId} of run {run.RunId}: an administrator canceled the statement after {elapsed.TotalSeconds:F0} s (SqlState 57014).",
                "Start again to resume.") { Subject = $"{run.RunId}/{chunk.ChunkId}" }
            : error;
    }

    private async Task WriteDownAsync(RunRow run, ClaimedChunk chunk, Exception error, CancellationToken cancel)
    {
        var (action, sqlState) = ErrorClassifier.Classify(error);
        var text = ErrorClassifier.Describe(error);
        if (action is ErrorAction.Split or ErrorAction.Isolate)
        {
            log.LogWarning("Chunk {Chunk}: attempt {Attempt} ended: {Error}; split in two", chunk.ChunkId, chunk.Attempt, text);
            var limit = action == ErrorAction.Isolate ? SplitLimit.BadRows : SplitLimit.Limits;
            await outage.RideOutAsync(Name(chunk), c => ledger.SplitAsync(run.RunId, chunk, limit, sqlState, text, c), cancel);
            await CheckBudgetAsync(run, cancel);
            return;
        }

        // A read-only server and the end of an idle session are not caused by the chunk.
        var counts = sqlState is not ("25006" or "57P05");
        var failures = chunk.Failures + (counts ? 1 : 0);
        var retry = action is not ErrorAction.Fail && failures <= settings.RetryMaxAttempts;
        var backoff = settings.RetryPause(Math.Max(failures, 1));
        var failed = await outage.RideOutAsync(
            Name(chunk), c => ledger.FailAsync(run.RunId, chunk, retry, counts, backoff, sqlState, text, c), cancel);
        log.LogWarning(
            "Chunk {Chunk}: attempt {Attempt} ended: {Error}; {Next}", chunk.ChunkId, chunk.Attempt, text,
            !failed ? "according to the ledger it is done or belongs to another attempt" : retry ? $"next in {backoff.TotalSeconds:F0} s" : "failed for this run");
        if (failed && !retry)
        {
            await CheckBudgetAsync(run, cancel);
        }

        if (action == ErrorAction.Pause)
        {
            throw ErrorClassifier.Wrap(error, $"Chunk {chunk.ChunkId} of run {run.RunId}", settings);
        }
    }

    private bool MayRepeat(Exception error, int troubles) => outage.MayRepeat(error, troubles)
        || (ErrorClassifier.Classify(error).Action == ErrorAction.AwaitTable && troubles < settings.RetryMaxAttempts);

    /// <summary>Does not wait for the server: a cancel takes effect immediately, and the lease expires by itself.</summary>
    private async Task GiveBackAsync(RunRow run, ClaimedChunk chunk, bool split)
    {
        using var limit = new CancellationTokenSource(outage.CleanUpLimit);
        try
        {
            await (split
                ? ledger.SplitAsync(run.RunId, chunk, SplitLimit.Limits, PostgresErrorCodes.QueryCanceled, "the function ran out of time", limit.Token)
                : ledger.FailAsync(
                    run.RunId, chunk, retry: true, counts: false, TimeSpan.Zero, PostgresErrorCodes.QueryCanceled, "canceled", limit.Token));
        }
        catch (Exception error) when (ErrorClassifier.IsOfServer(error) || error is OperationCanceledException or CmEtlException)
        {
            log.LogWarning("Chunk {Chunk} could not be returned: {Error}. Its lease expires by itself.", chunk.ChunkId, ErrorClassifier.Describe(error));
        }
    }

    /// <summary>
    /// Fails a chunk whose workers ended without recording why. A chunk that kills its worker must not be retried forever.
    /// </summary>
    private async Task GiveUpAsync(RunRow run, ClaimedChunk chunk, CancellationToken cancel)
    {
        var text = $"the worker of the last attempt died or lost its connection to the server (failure {chunk.Failures})";
        await outage.RideOutAsync(
            Name(chunk), c => ledger.FailAsync(run.RunId, chunk, retry: false, counts: false, TimeSpan.Zero, "", text, c), cancel);
        log.LogWarning("Chunk {Chunk} has failed for this run: {Error}", chunk.ChunkId, text);
        await CheckBudgetAsync(run, cancel);
    }

    private async Task CheckBudgetAsync(RunRow run, CancellationToken cancel)
    {
        if (settings.MaxFailedChunksPercent < 100
            && await outage.RideOutAsync("Failure budget", c => runs.SpendBudgetAsync(run.RunId, c), cancel) is { } reason)
        {
            log.LogError("Run {Run} starts no further chunk: {Reason}", run.RunId, reason);
        }
    }

    private static string Name(ClaimedChunk chunk) => $"Chunk {chunk.ChunkId}";
}
