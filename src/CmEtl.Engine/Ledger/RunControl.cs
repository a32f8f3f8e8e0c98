using Npgsql;

namespace CmEtl.Engine;

/// <summary>Ends runs from outside, each in one transaction that no start, split or plan of the run comes in between.</summary>
internal sealed class RunControl(EtlSettings settings, RunLedger runs, Database database, SqlLibrary sql)
{
    /// <summary>
    /// Asks the run's leader to stop, or ends the run when no process works on it: it can be resumed. One transaction under the lock of the
    /// starts, so that no resume comes in between and clears the request.
    /// </summary>
    /// <returns>Whether the run was ended here.</returns>
    public async Task<bool> StopAsync(RunRow run, string reason, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var now = await LockAsync(connection, run.RunId, cancel);
        if (now.State != RunState.Running)
        {
            return false;
        }

        await connection.ExecuteAsync(sql["run/request_stop"], cancel, ("run_id", run.RunId));
        var ended = !await runs.IsAliveAsync(connection, run.RunId, cancel);
        if (ended)
        {
            await runs.FinishAsync(connection, now, RunState.Stopped, reason, totals: null, cancel);
        }

        await transaction.CommitAsync(cancel);
        return ended;
    }

    /// <summary>Ends the run for good; workers that still hold a chunk are fenced off.</summary>
    /// <param name="run">The run.</param>
    /// <param name="force">Also when a process works on it.</param>
    /// <param name="reason">Why, for the ledger.</param>
    /// <param name="fencing">Gets the statement that waits for the workers' transactions.</param>
    /// <param name="cancel">Stops the call.</param>
    public async Task AbandonAsync(RunRow run, bool force, string reason, Func<Task<int>, Task> fencing, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await connection.ExecuteAsync(sql["run/fence_timeout"], cancel, ("lock_timeout", WorkerSessions.FenceTimeout));
        var now = await LockAsync(connection, run.RunId, cancel);
        if (now.State is RunState.Completed or RunState.Abandoned)
        {
            throw new CmEtlException(
                ErrorKind.Permanent, ErrorIds.RunFinished, $"Run {run.RunId} is {RunLedger.Text(now.State)} and cannot be abandoned.",
                "Nothing has to be done.") { Subject = run.RunId };
        }

        if (!force && await runs.IsAliveAsync(connection, run.RunId, cancel))
        {
            throw new CmEtlException(
                ErrorKind.Busy, ErrorIds.RunActive, $"Run {run.RunId} is active: a process has worked on it within the last {settings.LeaseSeconds} s.",
                "Stop it with Stop-CmEtl, or use -Force, which ends its sessions.") { Subject = run.RunId };
        }

        await fencing(connection.ExecuteAsync(sql["run/abandon"], cancel, ("run_id", run.RunId), ("reason", reason)));
        await runs.EventAsync(connection, run.RunId, "run abandoned", reason, cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>Keeps starts and all other changes of the run's state away until the transaction ends.</summary>
    private async Task<RunRow> LockAsync(NpgsqlConnection connection, string runId, CancellationToken cancel)
    {
        await connection.ExecuteAsync(sql["run/lock_begin"], cancel, ("conflict_schema", settings.ConflictSchema));
        await connection.ExecuteAsync(sql["run/lock"], cancel, ("run_id", runId));
        return (await runs.FindAsync(connection, runId, cancel))!;
    }
}
