namespace CmEtl.Chaos.Processes;

/// <summary>The program that processes chunks.</summary>
public enum WorkerKind
{
    /// <summary>The engine, unchanged.</summary>
    Engine,

    /// <summary>The engine's statements, but "done" is written in a second transaction after the update.</summary>
    LateCompletion,

    /// <summary>The same, and any worker may continue a chunk in state processing, because the attempt is not checked.</summary>
    StatusGuard,
}
