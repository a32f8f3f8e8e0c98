namespace CmEtl.Engine;

/// <summary>What the table held when a run was verified, in rows of its window.</summary>
internal sealed record RunTotals(long Missed, long Confirmed, long Unchanged, long Unconfirmed, long Deferred, long Vanished);
