using System.Data;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CmEtl.Engine;

/// <summary>
/// Verifies a run before it is completed: the plan is intact, every chunk is done, the run has examined the current version of every row of
/// the window, and the table agrees with the sums of the chunks. Rows that were added or changed after their chunk are examined in further
/// passes. The last pass compares within its own transaction, so the verification also ends for a table that is written to all the time.
/// </summary>
internal sealed class RunVerifier(
    EtlSettings settings, RunLedger runs, ChunkLedger chunks, ChunkStatements statements, Database database, SqlLibrary sql, ChunkPlanner planner, DeltaLook delta,
    StatusReader status, Plausibility plausibility, ILogger log)
{
    /// <summary>
    /// One pass is enough unless more rows than fit into a chunk were written meanwhile. The limit stops at a table that is reloaded again
    /// and again.
    /// </summary>
    private const int MostRounds = 5;

    /// <summary>Percentage of planned rows that may vanish. A run that loses more has not seen the table that it was started for.</summary>
    private const int MostVanishedPercent = 10;

    /// <param name="run">The run with the attempt of its orchestrator.</param>
    /// <param name="work">Processes the run's open chunks until none is left.</param>
    /// <param name="cancel">Stops the call.</param>
    public async Task VerifyAsync(RunRow run, Func<RunRow, Task> work, CancellationToken cancel)
    {
        if (run.State != RunState.Running)
        {
            return;
        }

        await using var connection = await database.OpenForTaskAsync(cancel);
        for (var round = 0; ; round++)
        {
            await planner.ProveAsync(connection, run, cancel);
            var picture = await status.ReadAsync(run.RunId, cancel);
            if (picture.ChunksDone != picture.ChunksTotal)
            {
                var (state, reason) = run.Stop is { } stop
                    ? (stop.State, stop.Text($"{picture.ChunksTotal - picture.ChunksDone} of {picture.ChunksTotal} chunks are not done"))
                    : (RunState.Failed, await NameFailuresAsync(run.RunId, cancel));
                await runs.RecordEndAsync(run, state, reason, null, cancel);
                return;
            }

            // Before the last look at the table, because rows that are written between that look and the end of the run are not examined.
            // Late chunks store no fingerprints.
            if (run.Delta && round == 0)
            {
                await delta.SecondAsync(run, cancel);
            }

            var found = (round > 0 ? await chunks.LastFoundAsync(connection, run.RunId, cancel) : null) ?? await ReconcileAsync(connection, run, cancel);
            if (found.Late == 0 || round == MostRounds)
            {
                await ConcludeAsync(connection, run, found, cancel);
                return;
            }

            log.LogInformation("{Rows} rows were added or changed after their chunk and are examined again, pass {Pass}", found.Late, round + 1);
            await planner.StoreLateAsync(run, found.Late, cancel);
            await work(run);
            run = await runs.ReadAsync(run.RunId, cancel) with { Attempt = run.Attempt };
            if (run.State != RunState.Running)
            {
                return;
            }
        }
    }

    private async Task<Reconciliation> ReconcileAsync(NpgsqlConnection connection, RunRow run, CancellationToken cancel)
    {
        var library = await statements.GetAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        var pairs = await PairsRelation.LockAsync(connection, library, settings, cancel);
        return await Reconciliation.ReadAsync(connection, library, statements.Reconciling(run, pairs.Identity), cancel);
    }

    private async Task ConcludeAsync(NpgsqlConnection connection, RunRow run, Reconciliation found, CancellationToken cancel)
    {
        var (_, relations) = await new TableLocks(settings, sql).ReadAsync(connection, TableLocks.Task02, cancel);
        var (planned, replaced) = (await connection.QueryAsync(
            sql["run/replaced"], r => (r.Get<long>("planned_rows"), r.Get<string>("replaced")), cancel, ("run_id", run.RunId), ("relations", relations))).Single();
        if (replaced.Length > 0)
        {
            await runs.EventAsync(connection, run.RunId, "table replaced", $"replaced or rewritten since the run was planned: {replaced}", cancel);
        }

        var totals = new RunTotals(
            found.Late, found.Written + found.Unchanged, found.Unchanged, found.Unconfirmed, found.Deferred, Math.Max(planned - found.Rows, 0));
        var pairsReplaced = replaced.Split(", ").Contains($"{settings.ConflictSchema}.conflictvisitmaps");
        var reason = found.Late > 0 ? $"{found.Late} rows of the window kept changing during {MostRounds} passes, and the run has not examined their current versions; start again when fewer rows are changing"
            : found.Contradiction.Length > 0 ? $"{found.Contradiction}; start a new run"
            : totals.Vanished > 0 && pairsReplaced
                ? $"{totals.Vanished} of {planned} planned rows have vanished, and {settings.ConflictSchema}.conflictvisitmaps was replaced or rewritten during the run; check that it is complete, then start a new run"
            : totals.Vanished * 100 > planned * MostVanishedPercent
                ? $"{totals.Vanished} of {planned} planned rows have vanished; check that {settings.ConflictSchema}.conflictvisitmaps is complete, then start a new run"
            : "";
        log.LogInformation(
            "Verified: {Rows} rows in the window, {Planned} planned: {Confirmed} confirmed, {Unconfirmed} unconfirmed, {Deferred} deferred, {Vanished} vanished, {Late} not examined",
            found.Rows, planned, totals.Confirmed, totals.Unconfirmed, totals.Deferred, totals.Vanished, totals.Missed);
        if (reason.Length > 0)
        {
            await runs.RecordEndAsync(run, RunState.Failed, reason, totals, cancel);
            return;
        }

        var judgement = await plausibility.JudgeAsync(connection, run, totals, cancel);
        if (judgement.Doubts.Length > 0)
        {
            log.LogWarning("Run {Run} is completed, but {Doubts}", run.RunId, judgement.Doubts);
        }

        await runs.RecordEndAsync(run, RunState.Completed, "", totals, cancel, judgement);
    }

    private async Task<string> NameFailuresAsync(string runId, CancellationToken cancel)
    {
        const int Named = 5;
        var failed = (await status.ReadChunksAsync(runId, cancel)).Where(c => c.State != ChunkState.Done).ToList();
        var names = string.Join("; ", failed.Take(Named).Select(c => $"chunk {c.ChunkId}: {(c.Error.Length > 0 ? c.Error : "not done")}"));
        var more = failed.Count > Named ? $"; and {failed.Count - Named} more" : "";
        var quarantined = failed.Count(c => c.State == ChunkState.Quarantined);
        var remedy = quarantined == 0 ? "start again to retry them"
            : $"{quarantined} of them contain a row that cannot be updated: correct the row, reset the chunk and start again";
        return $"{(failed.Count == 1 ? "1 chunk is" : $"{failed.Count} chunks are")} not done ({names}{more}); {remedy}";
    }
}
