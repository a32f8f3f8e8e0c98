namespace CmEtl.Engine;

/// <summary>Where a run stands. The text in the ledger is the lower-case name.</summary>
public enum RunState
{
    /// <summary>Under way, or its orchestrator died: then its lease is over and the next start takes it up.</summary>
    Running,

    /// <summary>All chunks done and the counts reconciled. Never left again.</summary>
    Completed,

    /// <summary>Ended with failed chunks or counts that do not add up. The next start resumes it.</summary>
    Failed,

    /// <summary>Stopped on request. The next start resumes it.</summary>
    Stopped,

    /// <summary>Its time (stop_at, stop_after_minutes) was over before its chunks were done. The next start resumes it.</summary>
    TimedOut,

    /// <summary>Given up; its marks are released. Never resumed.</summary>
    Abandoned,
}
