namespace CmEtl.Engine.Tests.Model;

/// <summary>The outcome of a stored row in a complete run.</summary>
public enum Outcome
{
    /// <summary>Outside the window or without CONFLICTID: no column changes.</summary>
    Untouched,

    /// <summary>Confirmed: recomputed, and its mark released.</summary>
    Confirmed,

    /// <summary>Marked, but no rule holds or a visit is missing: only the mark changes.</summary>
    Unconfirmed,

    /// <summary>In-service and PTO rows: marked, and left to other tasks.</summary>
    Deferred,
}
