using System.Globalization;
using System.Management.Automation;
using CmEtl.Aws.Executions;
using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>A status as a progress bar.</summary>
internal static class RunProgress
{
    private const int ActivityId = 1;

    public static ProgressRecord Of(EtlStatus status) => new(ActivityId, $"CmEtl run {status.RunId}", Text(status))
    {
        PercentComplete = (int)Math.Clamp(status.PercentComplete, 0, 100),
        SecondsRemaining = status.Eta is { } eta ? (int)Math.Min(eta.TotalSeconds, int.MaxValue) : -1,
    };

    public static ProgressRecord End(EtlStatus status)
    {
        var record = Of(status);
        record.RecordType = ProgressRecordType.Completed;
        return record;
    }

    public static ProgressRecord Of(DryRunResult result) => new(
        ActivityId, "CmEtl dry run", Invariant($"{result.ChunksDone:N0} of {result.ChunksTotal:N0} chunks, {result.RowsChanged:N0} rows would change"))
    {
        PercentComplete = result.ChunksTotal == 0 ? 100 : 100 * (result.ChunksDone + result.ChunksFailed) / result.ChunksTotal,
    };

    public static ProgressRecord End(DryRunResult result)
    {
        var record = Of(result);
        record.RecordType = ProgressRecordType.Completed;
        return record;
    }

    /// <summary>Progress of an execution, from the run in the ledger if it is known, or else from Step Functions.</summary>
    public static ProgressRecord Of(EtlExecution execution)
    {
        var record = execution.Run is { } run ? Of(run) : new ProgressRecord(ActivityId, "CmEtl", $"{execution.State}, {Where(execution)}");
        record.Activity = $"CmEtl execution {execution.Name}";
        record.CurrentOperation ??= execution.Step;
        return record;
    }

    public static ProgressRecord End(EtlExecution execution)
    {
        var record = Of(execution);
        record.RecordType = ProgressRecordType.Completed;
        return record;
    }

    private static string Where(EtlExecution execution) => execution.MapRun is { } map
        ? Invariant($"{map.ItemsSucceeded:N0} of {map.Items:N0} chunks")
        : execution.Step;

    private static string Text(EtlStatus s)
    {
        if (s.Step is EtlStep.Task01 or EtlStep.Planning)
        {
            var step = s.Step == EtlStep.Task01 ? "Task 01: taking the before-snapshot" : "Planning chunks";
            return Invariant($"{step}, {Math.Floor(s.Elapsed.TotalHours):00}:{s.Elapsed:mm\\:ss} since the start");
        }

        var rows = s.RowsConfirmed + s.RowsUnconfirmed + s.RowsDeferred;
        var rate = s is { RowsPerSecond: { } perSecond, SuspendedAt: null } ? Invariant($", {perSecond:N0} rows/s") : "";
        var ended = s.State == RunState.Running ? "" : $"{s.State}, ";
        // Part of the status, because PowerShell's progress bar does not show the current operation.
        var reason = s.Reason.Length > 0 ? $"; {s.Reason}" : "";
        return Invariant($"{ended}{rows:N0} of {s.RowsPlanned:N0} rows, {s.ChunksDone:N0} of {s.ChunksTotal:N0} chunks{rate}{reason}");
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
