namespace CmEtl.Engine.Tests.Model;

/// <summary>What a complete run makes of a stored row.</summary>
public enum Outcome
{
    /// <summary>Outside the window or without CONFLICTID: not one column changes.</summary>
    Untouched,

    /// <summary>Seen again: recomputed, mark released.</summary>
    Confirmed,

    /// <summary>Marked, but no rule holds or a visit is gone: only the mark changes.</summary>
    Unconfirmed,

    /// <summary>In-service and PTO rows: marked and left to other tasks.</summary>
    Deferred,
}
