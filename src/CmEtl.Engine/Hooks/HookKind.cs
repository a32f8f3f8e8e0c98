namespace CmEtl.Engine;

/// <summary>When a hook runs. The leader of a run executes the hooks, at each start of the run.</summary>
internal enum HookKind
{
    /// <summary>After the run has begun and before its first step. A failure ends the run as failed.</summary>
    BeforeRun,

    /// <summary>After a run that is completed and sweep-safe.</summary>
    AfterSuccess,

    /// <summary>After the run has ended in any state, and after the hooks of <see cref="AfterSuccess"/>.</summary>
    AfterRun,
}
