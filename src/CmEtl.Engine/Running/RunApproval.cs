using System.Globalization;

namespace CmEtl.Engine;

/// <summary>An operator overrules that a completed run is not plausible. It is sweep-safe then for as long as it would have been.</summary>
internal sealed class RunApproval(EtlSettings settings, RunLedger runs, Database database, SqlLibrary sql, StatusReader status)
{
    public async Task<EtlStatus> ApproveAsync(string? runId, string reason, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(PlainText.RequireReason(reason)))
        {
            throw new CmEtlException(
                ErrorKind.Configuration, ErrorIds.InvalidReason, "An approval needs a reason.", "Say in -Reason what was checked; nothing was done.")
            {
                Subject = "reason",
            };
        }

        var id = await runs.ResolveAsync(runId, cancel);
        await using (var connection = await database.OpenAsync(cancel))
        await using (var transaction = await connection.BeginTransactionAsync(cancel))
        {
            // No run begins between the look at newer ones and the approval.
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
            { State: RunState.Completed, SweepSafe: true } => ("is sweep-safe already", "Nothing to do."),
            { State: RunState.Completed } => (
                string.Create(CultureInfo.InvariantCulture, $"ended at {run.FinishedAt:u} and is too old, or another run was started after it"),
                "Start a new run: Start-CmEtl -Wait."),
            { State: RunState.Abandoned } => ("is abandoned", "Start a new run: Start-CmEtl -Wait."),
            _ => ($"is {RunLedger.Text(run.State)}, not completed", "Let it end first: Start-CmEtl -Wait resumes what is unfinished."),
        };
        return new CmEtlException(
            ErrorKind.Permanent, ErrorIds.RunNotApprovable, $"Run {run.RunId} {why}; it cannot be approved. Nothing was changed.", remedy) { Subject = run.RunId };
    }
}
