namespace CmEtl.Engine;

/// <summary>The counts of the table when a run was verified, in rows of its window.</summary>
internal sealed record RunTotals(long Missed, long Confirmed, long Unchanged, long Unconfirmed, long Deferred, long Vanished);
