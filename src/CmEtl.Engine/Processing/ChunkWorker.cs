using Microsoft.Extensions.Logging;
using Npgsql;

namespace CmEtl.Engine;

/// <summary>Claims chunks one after the other, processes them and writes down how each attempt ended.</summary>
internal sealed class ChunkWorker(
    EtlSettings settings, ChunkLedger ledger, ChunkProcessor processor, ILogger log)
{
    /// <summary>
    /// How long a worker with nothing to claim waits before it looks again, at most: somebody may reset a chunk meanwhile. The run's end waits
    /// for it.
    /// </summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// How many cuts of a run the search for bad rows may cost; one row among ten thousand takes fourteen. Where more rows are bad than
    /// this finds, it is not the rows that are bad.
    /// </summary>
    private const int MostIsolatingSplits = 100;

    /// <summary>
    /// Works until no chunk of the run is left to claim, a stop is requested, or the server needs a pause. A server that is away for a
    /// moment is waited for, as long as a failed chunk would be.
    /// </summary>
    public async Task RunAsync(RunRow run, int number, PressureGauge gauge, double distanceMultiplier, CancellationToken cancel)
    {
        var name = $"{Environment.ProcessId}-{number}";
        for (var troubles = 0; ;)
        {
            try
            {
                await gauge.EnterAsync(number, cancel);
                if (!await WorkAsync(run, name, distanceMultiplier, () => gauge.Allows(number), cancel))
                {
                    gauge.Open();
                    return;
                }

                troubles = 0;
            }
            catch (Exception error) when (
                ErrorClassifier.Classify(error).Action is ErrorAction.Retry or ErrorAction.RetryAfterLedgerCheck or ErrorAction.Await
                && troubles < settings.RetryMaxAttempts && !cancel.IsCancellationRequested)
            {
                var pause = Backoff(++troubles);
                log.LogWarning("Worker {Worker}: {Error}; trying again in {Seconds:F0} s", name, ErrorClassifier.Describe(error), pause.TotalSeconds);
                await Task.Delay(pause, cancel);
            }
        }
    }

    /// <summary>One connection for as long as all goes well.</summary>
    /// <returns>False when nothing is left to do; true after a failed attempt, which wants a new connection, and when the worker has to wait.</returns>
    private async Task<bool> WorkAsync(
        RunRow run, string name, double distanceMultiplier, Func<bool> mayGoOn, CancellationToken cancel)
    {
        await using var connection = await processor.OpenAsync(run.Phase, cancel);
        while (true)
        {
            if (await ledger.ClaimNextAsync(connection, run.RunId, name, cancel) is { } chunk)
            {
                if (chunk.Failures > settings.RetryMaxAttempts)
                {
                    await GiveUpAsync(run, chunk, cancel);
                    continue;
                }

                if (await ProcessAsync(connection, run, chunk, distanceMultiplier, cancel) is null || !mayGoOn())
                {
                    return true;
                }
            }
            else if (await ledger.NextDueAsync(connection, run.RunId, cancel) is { } due)
            {
                await Task.Delay(due < LongestWait ? due + TimeSpan.FromMilliseconds(20) : LongestWait, cancel);
            }
            else
            {
                return false;
            }
        }
    }

    public Task<NpgsqlConnection> OpenAsync(Phase phase, CancellationToken cancel) => processor.OpenAsync(phase, cancel);

    /// <summary>One attempt at a claimed chunk. An error is written to the ledger; null means it was one.</summary>
    public async Task<ChunkResult?> ProcessAsync(
        NpgsqlConnection connection, RunRow run, ClaimedChunk chunk, double distanceMultiplier, CancellationToken cancel, bool rethrow = false)
    {
        try
        {
            return await processor.ProcessAsync(connection, run, chunk, distanceMultiplier, cancel);
        }
        catch (Exception error) when (error is OperationCanceledException || cancel.IsCancellationRequested)
        {
            // The transaction is rolled back with its connection; the chunk goes back without a black mark.
            await connection.CloseAsync();
            await ledger.FailAsync(run.RunId, chunk, retry: true, counts: false, TimeSpan.Zero, "57014", "cancelled", CancellationToken.None);
            throw new OperationCanceledException(cancel);
        }
        catch (Exception error)
        {
            await connection.CloseAsync();
            await WriteDownAsync(run, chunk, error, cancel);
            return rethrow ? throw ErrorClassifier.Wrap(error, $"Chunk {chunk.ChunkId} of run {run.RunId}", settings) : null;
        }
    }

    private async Task WriteDownAsync(RunRow run, ClaimedChunk chunk, Exception error, CancellationToken cancel)
    {
        var (action, sqlState) = ErrorClassifier.Classify(error);
        var text = ErrorClassifier.Describe(error);
        if (action is ErrorAction.Split or ErrorAction.Isolate)
        {
            log.LogWarning("Chunk {Chunk}: attempt {Attempt} ended: {Error}; cut in two", chunk.ChunkId, chunk.Attempt, text);
            await ledger.SplitAsync(
                run.RunId, chunk, action == ErrorAction.Isolate ? MostIsolatingSplits : int.MaxValue, sqlState, text, cancel);
            return;
        }

        var failures = chunk.Failures + 1;
        var retry = action is not ErrorAction.Fail && failures <= settings.RetryMaxAttempts;
        var backoff = Backoff(failures);
        var failed = await ledger.FailAsync(run.RunId, chunk, retry, counts: true, backoff, sqlState, text, cancel);
        log.LogWarning(
            "Chunk {Chunk}: attempt {Attempt} ended: {Error}; {Next}", chunk.ChunkId, chunk.Attempt, text,
            !failed ? "the ledger says that it was done, or is another's" : retry ? $"next in {backoff.TotalSeconds:F0} s" : "given up for this run");
        if (action == ErrorAction.Pause)
        {
            throw ErrorClassifier.Wrap(error, $"Chunk {chunk.ChunkId} of run {run.RunId}", settings);
        }
    }

    /// <summary>Its workers could not write down how they ended; whatever kills them is not tried for ever.</summary>
    private async Task GiveUpAsync(RunRow run, ClaimedChunk chunk, CancellationToken cancel)
    {
        var text = $"the worker of its last attempt died or lost the server, the failure number {chunk.Failures}";
        await ledger.FailAsync(run.RunId, chunk, retry: false, counts: false, TimeSpan.Zero, "", text, cancel);
        log.LogWarning("Chunk {Chunk}: {Error}; given up for this run", chunk.ChunkId, text);
    }

    private TimeSpan Backoff(int failures) =>
        TimeSpan.FromSeconds(settings.RetryIntervalSeconds * Math.Pow(settings.RetryBackoffRate, failures - 1));
}
