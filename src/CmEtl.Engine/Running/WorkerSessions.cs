using Microsoft.Extensions.Logging;
using Npgsql;

namespace CmEtl.Engine;

/// <summary>
/// Ends the sessions that have an open transaction for a run, so that a fence does not wait for them. A worker between two transactions
/// need not be ended, because the fence prevents its writes.
/// </summary>
internal sealed class WorkerSessions(EtlSettings settings, Database database, SqlLibrary sql, ILogger log)
{
    /// <summary>Stands for all chunks and steps of a run.</summary>
    public const int WholeRun = -1;

    /// <summary>How long a fence waits for the locks of sessions that are being ended.</summary>
    public const string FenceTimeout = "10s";

    private const int Nothing = -1;

    /// <summary>Lets the fence queue for the locks first, so that a worker that reconnects queues behind it.</summary>
    private static readonly TimeSpan HeadStart = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(500);

    /// <summary>Ends sessions until the fence succeeds. Throws when sessions could not be ended and the fence failed.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="chunkId">The chunk, or <see cref="WholeRun"/>.</param>
    /// <param name="fence">The statement that waits for the sessions' locks.</param>
    /// <param name="cancel">Stops the call.</param>
    public async Task<T> EndWhileAsync<T>(string runId, int chunkId, Task<T> fence, CancellationToken cancel)
    {
        var refused = new SortedSet<int>();
        await Task.WhenAny(fence, Task.Delay(HeadStart, cancel));
        while (!fence.IsCompleted)
        {
            await EndAsync(runId, chunkId, refused, cancel);
            await Task.WhenAny(fence, Task.Delay(Between, cancel));
        }

        try
        {
            return await fence;
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            var sessions = refused.Count == 0 ? "sessions" : $"sessions with process ids {string.Join(", ", refused)}";
            throw new CmEtlException(
                ErrorKind.Busy, ErrorIds.SessionsNotEnded,
                $"The {sessions} of run {runId} hold its locks and did not end within {FenceTimeout}. Nothing was changed.",
                refused.Count == 0 ? "Try again, or end the sessions that hold locks on the ledger."
                    : $"Role {settings.User} may not end them. Try again as the role of the workers, or first run: GRANT pg_signal_backend TO {SqlLibrary.Quote(settings.User)};",
                error.SqlState) { Subject = runId };
        }
    }

    private async Task EndAsync(string runId, int chunkId, SortedSet<int> refused, CancellationToken cancel)
    {
        foreach (var pid in await QueryAsync(runId, chunkId, Nothing, cancel))
        {
            try
            {
                await QueryAsync(runId, chunkId, pid, cancel);
                log.LogWarning("Run {Run}: session with process id {Pid} ended", runId, pid);
            }
            catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.InsufficientPrivilege)
            {
                refused.Add(pid);
            }
        }
    }

    private Task<List<int>> QueryAsync(string runId, int chunkId, int pid, CancellationToken cancel) =>
        database.QueryAsync(sql["run/sessions"], r => r.GetInt32(0), cancel, ("run_id", runId), ("chunk_id", chunkId), ("pid", pid));
}
