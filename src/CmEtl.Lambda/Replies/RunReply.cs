using CmEtl.Engine;

namespace CmEtl.Lambda;

/// <summary>The reply to <c>task_02</c> and <c>verify_run</c>: a completed run, or what the state machine must repeat.</summary>
internal sealed record RunReply(
    string RunId, string State, long NumChunks, long RowsPlanned, long RowsUpdated, long RowsUnconfirmed, long RowsDeferred, long RowsDrift,
    long? RowsMissed, bool SweepSafe, string Status)
{
    /// <summary>A completed run.</summary>
    public const string Success = "success";

    /// <summary>After a redrive, the steps of the run must be repeated.</summary>
    public const string Unfinished = "unfinished";

    /// <summary>Chunks were split while others were processed, so there are new chunks to process.</summary>
    public const string MoreChunks = "more_chunks";

    public static RunReply From(EtlStatus status, string answer = Success) => new(
        status.RunId, Text(status.State), status.ChunksTotal, status.RowsPlanned, status.RowsConfirmed, status.RowsUnconfirmed,
        status.RowsDeferred, status.RowsDrift, status.RowsMissed, status.SweepSafe, answer);

    public static string Text(RunState state) => state.ToString().ToLowerInvariant();
}
