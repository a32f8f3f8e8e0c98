using CmEtl.Engine;

namespace CmEtl.Lambda;

/// <summary>Of <c>task_02</c> and <c>verify_run</c>: a completed run, or one that a redrive has to take up again.</summary>
internal sealed record RunReply(
    string RunId, string State, long NumChunks, long RowsPlanned, long RowsUpdated, long RowsUnconfirmed, long RowsDeferred, long RowsDrift,
    long? RowsMissed, bool SweepSafe, string Status)
{
    public static RunReply From(EtlStatus status) => new(
        status.RunId, Text(status.State), status.ChunksTotal, status.RowsPlanned, status.RowsConfirmed, status.RowsUnconfirmed,
        status.RowsDeferred, status.RowsDrift, status.RowsMissed, status.SweepSafe,
        status.State == RunState.Completed ? "success" : "unfinished");

    public static string Text(RunState state) => state.ToString().ToLowerInvariant();
}
