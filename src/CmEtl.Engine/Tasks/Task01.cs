using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace CmEtl.Engine;

/// <summary>
/// Task 01: the reminders and the snapshot, in one transaction that also records it in the ledger. It is done once per run, because a
/// snapshot taken after some chunks were updated would contain their changes.
/// </summary>
internal sealed class Task01(EtlSettings settings, RunLedger runs, Database database, SqlLibrary sql, ILogger log)
{
    /// <summary>Executes Task 01. Returns null when the ledger says that this run has already done it.</summary>
    public async Task<Task01Result?> RunAsync(RunRow run, CancellationToken cancel)
    {
        var watch = Stopwatch.StartNew();
        await using var connection = await database.OpenForTaskAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        if ((await runs.EnterStepAsync(connection, run, RunStep.Task01, cancel)).Task01Done)
        {
            log.LogInformation("Task 01: already done in this run, the snapshot is kept");
            return null;
        }

        await new TableLocks(settings, sql).LockAsync(connection, TableLocks.Task01, cancel);
        var library = sql.With((await connection.QueryAsync(
            sql["task01/widths"],
            r => new Dictionary<string, string>
            {
                ["contract_width"] = r.GetInt32(0).ToString(null, null), ["provider_name_width"] = r.GetInt32(1).ToString(null, null),
                ["application_id_limit"] = r.GetString(2),
            },
            cancel, ("conflict_schema", settings.ConflictSchema))).Single());
        library = library.With((await connection.QueryAsync(
            sql["task01/columns"],
            r => new Dictionary<string, string> { ["target_columns"] = r.GetString(0), ["source_columns"] = r.GetString(1) },
            cancel, ("conflict_schema", settings.ConflictSchema))).Single());

        var added = await connection.ExecuteAsync(library["task01/reminders_insert"], cancel);
        var changed = await connection.ExecuteAsync(library["task01/reminders_update"], cancel);
        log.LogInformation("Task 01: {Added} reminders added, {Changed} changed", added, changed);
        await connection.ExecuteAsync(library["task01/truncate"], cancel);
        var rows = await connection.ExecuteAsync(
            library["task01/snapshot"], cancel, ("window_from", run.WindowFrom), ("window_to", run.WindowTo));
        var first = await connection.ExecuteAsync(
            library["task01/done"], cancel, ("run_id", run.RunId), ("reminders_added", (long)added), ("reminders_changed", (long)changed),
            ("snapshot_rows", (long)rows));
        if (first == 0)
        {
            throw RunLedger.Ended(await runs.ReadAsync(run.RunId, cancel));
        }

        await transaction.CommitAsync(cancel);
        log.LogInformation("Task 01: {Rows} rows in the snapshot after {Seconds:F2} seconds", rows, watch.Elapsed.TotalSeconds);
        return new Task01Result(added, changed, rows, watch.Elapsed);
    }

    /// <summary>Sets the mark that screens show during a refresh, in a transaction of its own, so that it is visible immediately.</summary>
    public Task ShowAsync(RunRow run, CancellationToken cancel) =>
        database.ExecuteAsync(sql["task01/in_progress"], cancel, ("run_id", run.RunId), ("attempt", run.Attempt));

    /// <summary>Clears the mark, unless another orchestrator works on the schema.</summary>
    public Task HideAsync(RunRow run, CancellationToken cancel) =>
        database.ExecuteAsync(
            sql["task01/idle"], cancel, ("run_id", run.RunId), ("attempt", run.Attempt), ("flag", settings.IdleInProgressFlag),
            ("conflict_schema", settings.ConflictSchema));
}
