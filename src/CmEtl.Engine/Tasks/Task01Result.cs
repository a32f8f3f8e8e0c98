namespace CmEtl.Engine;

/// <summary>What Task 01 really did, step by step.</summary>
/// <param name="RemindersAdded">New payer x provider reminders.</param>
/// <param name="RemindersChanged">Reminders whose names were really different.</param>
/// <param name="SnapshotRows">Rows in the before-snapshot.</param>
/// <param name="Duration">From begin to commit.</param>
public sealed record Task01Result(long RemindersAdded, long RemindersChanged, long SnapshotRows, TimeSpan Duration);
