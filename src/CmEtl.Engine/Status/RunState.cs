namespace CmEtl.Engine;

/// <summary>The state of a run. The text in the ledger is the name in lower case.</summary>
public enum RunState
{
    /// <summary>Running. If its orchestrator died, its lease expires and the next start resumes it.</summary>
    Running,

    /// <summary>All chunks are done and the counts agree. Final.</summary>
    Completed,

    /// <summary>Ended with failed chunks or contradictory counts. The next start resumes it.</summary>
    Failed,

    /// <summary>Stopped on request. The next start resumes it.</summary>
    Stopped,

    /// <summary>Its time limit (stop_at, stop_after_minutes) was reached before its chunks were done. The next start resumes it.</summary>
    TimedOut,

    /// <summary>Abandoned, and its marks were released. Never resumed.</summary>
    Abandoned,
}
