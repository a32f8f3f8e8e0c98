using System.Globalization;
using Npgsql;

namespace CmEtl.Engine;

/// <summary>
/// Ends and changes runs from outside, each in one transaction that excludes concurrent starts, splits and plans of the run.
/// </summary>
internal sealed class RunControl(EtlSettings settings, RunLedger runs, Database database, SqlLibrary sql)
{
    /// <summary>
    /// Requests the run's leader to stop, or ends the run when no process works on it, so that it can be resumed. It is one transaction
    /// under the lock of starts, so that a resume cannot clear the request.
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

        if (await connection.ExecuteAsync(sql["run/request_stop"], cancel, Request(run, reason)) == 1)
        {
            await runs.EventAsync(connection, run.RunId, "stop requested", Asked(reason), cancel);
        }

        var ended = !await runs.IsAliveAsync(connection, run.RunId, cancel);
        if (ended)
        {
            var stop = (await runs.FindAsync(connection, run.RunId, cancel))!.Stop!;
            await runs.RecordEndAsync(connection, now, stop.State, stop.Text("no process was working on it"), totals: null, cancel);
        }

        await transaction.CommitAsync(cancel);
        return ended;
    }

    /// <summary>Abandons the run for good. Workers that still hold a chunk are fenced off.</summary>
    /// <param name="run">The run.</param>
    /// <param name="force">Whether to abandon it even if a process works on it.</param>
    /// <param name="reason">The reason for the ledger.</param>
    /// <param name="fencing">Receives the statement that waits for the workers' transactions.</param>
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
                "No action is needed.") { Subject = run.RunId };
        }

        if (!force && await runs.IsAliveAsync(connection, run.RunId, cancel))
        {
            throw new CmEtlException(
                ErrorKind.Busy, ErrorIds.RunActive, $"Run {run.RunId} is active: {(await runs.ActiveAsync(cancel))?.Text ?? "a process works on it"}.",
                "Stop the run first, or abandon it by force, which ends its sessions.") { Subject = run.RunId };
        }

        var why = $"abandoned by {Asked(reason, settings.User)}";
        await fencing(connection.ExecuteAsync(sql["run/abandon"], cancel, ("run_id", run.RunId), ("reason", why)));
        await runs.EventAsync(connection, run.RunId, "run abandoned", Asked(reason), cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>Suspends the run: no further chunk is started until it is resumed.</summary>
    public Task SuspendAsync(RunRow run, string reason, CancellationToken cancel) => ChangeAsync(
        run, "suspended", async connection =>
        {
            if (await connection.ExecuteAsync(sql["run/suspend"], cancel, Request(run, reason)) == 1)
            {
                await runs.EventAsync(connection, run.RunId, "run suspended", Asked(reason), cancel);
            }
        }, cancel);

    /// <summary>Ends a suspension. Does nothing when the run is not suspended.</summary>
    public Task ContinueAsync(RunRow run, CancellationToken cancel) => ChangeAsync(
        run, "resumed", async connection =>
        {
            if (await connection.ExecuteAsync(sql["run/continue"], cancel, ("run_id", run.RunId)) == 1)
            {
                await runs.EventAsync(connection, run.RunId, "run continued", Asked(""), cancel);
            }
        }, cancel);

    /// <summary>Changes the number of workers of each process of the run, and until when it starts chunks; null for no change.</summary>
    public Task SetAsync(RunRow run, int? maxConcurrency, DateTimeOffset? stopAt, CancellationToken cancel) => ChangeAsync(
        run, "changed", async connection =>
        {
            await connection.ExecuteAsync(
                sql["run/set"], cancel, ("run_id", run.RunId), ("max_concurrency", maxConcurrency), ("stop_at", stopAt?.ToUniversalTime()));
            await runs.EventAsync(connection, run.RunId, "run changed", Asked(string.Join(", ", Changes())), cancel);

            IEnumerable<string> Changes()
            {
                if (maxConcurrency is { } workers)
                {
                    yield return string.Create(CultureInfo.InvariantCulture, $"max_concurrency {workers}");
                }

                if (stopAt is { } moment)
                {
                    yield return string.Create(CultureInfo.InvariantCulture, $"stop_at {moment.UtcDateTime:yyyy-MM-dd HH:mm} UTC");
                }
            }
        }, cancel);

    /// <summary>Who made the request and why, for an event. The event's actor is the database role.</summary>
    private static string Asked(string reason, string? role = null) =>
        $"{ThisProcess.User}{(role is null ? "" : $" (role {role})")}{(reason.Length > 0 ? $": {reason}" : "")}";

    private static (string, object?)[] Request(RunRow run, string reason) => [("run_id", run.RunId), ("reason", reason), ("requester", ThisProcess.User)];

    private async Task ChangeAsync(RunRow run, string what, Func<NpgsqlConnection, Task> change, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var now = await LockAsync(connection, run.RunId, cancel);
        if (now.State != RunState.Running)
        {
            throw new CmEtlException(
                ErrorKind.Permanent, ErrorIds.RunNotRunning, $"Run {run.RunId} is {RunLedger.Text(now.State)} and cannot be {what}. Nothing was changed.",
                now.State is RunState.Completed or RunState.Abandoned ? "No action is needed." : "The next start resumes it.") { Subject = run.RunId };
        }

        if (now.Leader == RunStop.StateMachine)
        {
            throw new CmEtlException(
                ErrorKind.Permanent, ErrorIds.RunOfStateMachine, $"Run {run.RunId} is led by a state machine and cannot be {what}. Nothing was changed.",
                "Stop it and redrive the execution later; the state machine's definition says how many chunks it hands out at once.") { Subject = run.RunId };
        }

        await change(connection);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>Excludes starts and all other changes of the run's state until the transaction ends.</summary>
    private async Task<RunRow> LockAsync(NpgsqlConnection connection, string runId, CancellationToken cancel)
    {
        await connection.ExecuteAsync(sql["run/lock_begin"], cancel, ("conflict_schema", settings.ConflictSchema));
        await connection.ExecuteAsync(sql["run/lock"], cancel, ("run_id", runId));
        return (await runs.FindAsync(connection, runId, cancel))!;
    }
}
