namespace CmEtl.Engine.Tests.Model;

/// <summary>The two expected tables after Task 01.</summary>
/// <param name="Snapshot">Rows of conflictvisitmaps_temp. The table has no key, so order and identity do not matter.</param>
public sealed record ExpectedTask01(
    TableShape SnapshotShape,
    IReadOnlyList<Row> Snapshot,
    TableShape ReminderShape,
    IReadOnlyList<ExpectedReminder> Reminders,
    Task01Counters Counters);
