namespace CmEtl.Engine;

/// <summary>The counts of Task 01.</summary>
/// <param name="RemindersAdded">New payer x provider reminders.</param>
/// <param name="RemindersChanged">Reminders whose names were different.</param>
/// <param name="SnapshotRows">Rows in the snapshot.</param>
/// <param name="Duration">From begin to commit.</param>
public sealed record Task01Result(long RemindersAdded, long RemindersChanged, long SnapshotRows, TimeSpan Duration);
