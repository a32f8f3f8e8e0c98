namespace CmEtl.Engine;

/// <summary>What a notification is about.</summary>
internal enum NotificationKind
{
    /// <summary>The run has ended, in whatever state.</summary>
    RunEnded,

    /// <summary>The run waits for something that is known: its server, fresh tables, less load, Resume-CmEtl.</summary>
    RunWaiting,

    /// <summary>No chunk or step of the run has ended for notify_stall_minutes, and nothing says why.</summary>
    RunStalled,
}
