namespace CmEtl.Engine;

/// <summary>The occasion of a notification.</summary>
internal enum NotificationKind
{
    /// <summary>The run has ended, in any state.</summary>
    RunEnded,

    /// <summary>The run waits for a known reason: the server, fresh tables, back-off, Resume-CmEtl.</summary>
    RunWaiting,

    /// <summary>No chunk or step of the run has ended for notify_stall_minutes, for no known reason.</summary>
    RunStalled,
}
