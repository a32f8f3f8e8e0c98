using Microsoft.Extensions.Logging;

namespace CmEtl.Engine;

/// <summary>
/// Success means verified: the plan is whole, every chunk is done, and every planned row is confirmed, unconfirmed or deferred. Whatever came
/// or went meanwhile is counted and said. Only then may later tasks sweep.
/// </summary>
internal sealed class RunVerifier(
    RunLedger runs, Database database, SqlLibrary sql, ChunkPlanner planner, StatusReader status, ILogger log)
{
    public async Task FinishAsync(RunRow run, CancellationToken cancel)
    {
        if (run.State != RunState.Running)
        {
            return;
        }

        await using var connection = await database.OpenAsync(cancel);
        await planner.ProveAsync(connection, run, cancel);
        var picture = await status.ReadAsync(run.RunId, cancel);
        if (picture.ChunksDone != picture.ChunksTotal)
        {
            var (state, reason) = run.StopRequested
                ? (RunState.Stopped, $"stopped on request with {picture.ChunksTotal - picture.ChunksDone} chunks to go; start again to resume")
                : (RunState.Failed, await NameFailuresAsync(run.RunId, cancel));
            await runs.FinishAsync(run, state, reason, null, cancel);
            return;
        }

        var missed = (await connection.QueryAsync(
            sql["run/missed"], r => r.GetInt64(0), cancel,
            ("run_id", run.RunId), ("window_from", run.WindowFrom), ("window_to", run.WindowTo), ("run_started", run.StartedLocal))).Single();
        log.LogInformation(
            "Verified: {Planned} planned = {Confirmed} confirmed + {Unconfirmed} unconfirmed + {Deferred} deferred, {Drift} came or went, {Missed} left for the next run",
            picture.RowsPlanned, picture.RowsConfirmed, picture.RowsUnconfirmed, picture.RowsDeferred, picture.RowsDrift, missed);
        await runs.FinishAsync(run, RunState.Completed, "", missed, cancel);
    }

    private async Task<string> NameFailuresAsync(string runId, CancellationToken cancel)
    {
        const int Named = 5;
        var failed = (await status.ReadChunksAsync(runId, cancel)).Where(c => c.State != ChunkState.Done).ToList();
        var names = string.Join("; ", failed.Take(Named).Select(c => $"chunk {c.ChunkId}: {(c.Error.Length > 0 ? c.Error : "not done")}"));
        var more = failed.Count > Named ? $"; and {failed.Count - Named} more" : "";
        var quarantined = failed.Count(c => c.State == ChunkState.Quarantined);
        var remedy = quarantined == 0 ? "start again to try them again"
            : $"{quarantined} of them hold a row that cannot be updated: correct it and reset them, then start again";
        return $"{(failed.Count == 1 ? "1 chunk is" : $"{failed.Count} chunks are")} not done ({names}{more}); {remedy}";
    }
}
