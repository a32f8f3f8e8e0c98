namespace CmEtl.Chaos.Faults;

/// <summary>A fault of a worker, its connection or the server.</summary>
public enum FaultKind
{
    /// <summary>The worker is killed (SIGKILL).</summary>
    Kill,

    /// <summary>The worker is stopped for a while and then continues.</summary>
    Freeze,

    /// <summary>The server ends the session.</summary>
    Terminate,

    /// <summary>The connection is cut.</summary>
    Cut,

    /// <summary>The worker's message arrives, but the connection is cut instead of delivering the answer.</summary>
    DropReply,

    /// <summary>The connection stays open but transmits nothing any more.</summary>
    BlackHole,

    /// <summary>The connection transmits nothing for a while.</summary>
    Delay,
}
