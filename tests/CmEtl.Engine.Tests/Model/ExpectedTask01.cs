namespace CmEtl.Engine.Tests.Model;

/// <summary>The two tables that Task 01 leaves behind.</summary>
/// <param name="Snapshot">Rows of conflictvisitmaps_temp; the table has no key, so order and identity mean nothing.</param>
public sealed record ExpectedTask01(
    TableShape SnapshotShape,
    IReadOnlyList<Row> Snapshot,
    TableShape ReminderShape,
    IReadOnlyList<ExpectedReminder> Reminders,
    Task01Counters Counters);
