namespace CmEtl.Chaos.Faults;

/// <summary>What is done to a worker, to its connection or to the server.</summary>
public enum FaultKind
{
    /// <summary>The worker is killed outright.</summary>
    Kill,

    /// <summary>The worker is stopped for a while and then goes on as if nothing had been.</summary>
    Freeze,

    /// <summary>The server ends the session.</summary>
    Terminate,

    /// <summary>The connection is cut.</summary>
    Cut,

    /// <summary>What the worker says arrives, the answer does not: the connection is cut in its place.</summary>
    DropReply,

    /// <summary>The connection stays open and carries nothing any more.</summary>
    BlackHole,

    /// <summary>The connection carries nothing for a while.</summary>
    Delay,
}
