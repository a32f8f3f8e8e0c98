namespace CmEtl.Chaos.Processes;

/// <summary>Who does the work.</summary>
public enum WorkerKind
{
    /// <summary>The engine as it is.</summary>
    Engine,

    /// <summary>The engine's statements, but "done" is written in a second transaction after the update.</summary>
    LateCompletion,

    /// <summary>The same, and whoever finds the chunk in work may go on with it: the attempt is not looked at.</summary>
    StatusGuard,
}
