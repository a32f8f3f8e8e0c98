namespace CmEtl.Engine;

/// <summary>When a hook runs. The leader of a run runs them, at each start of it.</summary>
internal enum HookKind
{
    /// <summary>After the run has begun, before anything of it is done. A failure ends the run as failed.</summary>
    BeforeRun,

    /// <summary>After a run that is completed and sweep-safe.</summary>
    AfterSuccess,

    /// <summary>After the run has ended, however it did, and after the hooks of <see cref="AfterSuccess"/>.</summary>
    AfterRun,
}
