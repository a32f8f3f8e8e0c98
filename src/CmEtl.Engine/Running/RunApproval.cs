using System.Globalization;

namespace CmEtl.Engine;

/// <summary>
/// Approves a completed run that was judged implausible. The run is then sweep-safe for the time that a plausible run would be.
/// </summary>
internal sealed class RunApproval(EtlSettings settings, RunLedger runs, Database database, SqlLibrary sql, StatusReader status)
{
    public async Task<EtlStatus> ApproveAsync(string? runId, string reason, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(PlainText.RequireReason(reason)))
        {
            throw new CmEtlException(
                ErrorKind.Configuration, ErrorIds.InvalidReason, "An approval requires a reason.", "Say what was checked. Nothing was changed.")
            {
                Subject = "reason",
            };
        }

        var id = await runs.ResolveAsync(runId, cancel);
        await using (var connection = await database.OpenAsync(cancel))
        await using (var transaction = await connection.BeginTransactionAsync(cancel))
        {
            // Prevents a run from beginning between the check for newer runs and the approval.
            await connection.ExecuteAsync(sql["run/lock_begin"], cancel, ("conflict_schema", settings.ConflictSchema));
            if (await connection.ExecuteAsync(sql["run/approve"], cancel, ("run_id", id), ("reason", reason)) == 1)
            {
                await runs.EventAsync(connection, id, "run approved", reason, cancel);
                await transaction.CommitAsync(cancel);
                return await status.ReadAsync(id, cancel);
            }
        }

        throw Refuse(await status.ReadAsync(id, cancel));
    }

    private static CmEtlException Refuse(EtlStatus run)
    {
        var (why, remedy) = run switch
        {
            { State: RunState.Completed, SweepSafe: true } => ("is already sweep-safe", "Nothing to do."),
            { State: RunState.Completed } => (
                string.Create(CultureInfo.InvariantCulture, $"ended at {run.FinishedAt:u} and is too old, or another run was started after it"),
                "Start a new run."),
            { State: RunState.Abandoned } => ("is abandoned", "Start a new run."),
            _ => ($"is {RunLedger.Text(run.State)}, not completed", "Complete the run first: the next start resumes it."),
        };
        return new CmEtlException(
            ErrorKind.Permanent, ErrorIds.RunNotApprovable, $"Run {run.RunId} cannot be approved because it {why}. Nothing was changed.", remedy) { Subject = run.RunId };
    }
}
