namespace CmEtl.Engine;

/// <summary>
/// The columns: whether they exist, whether ids have the same type, how wide they are, and whether the snapshot can be filled.
/// </summary>
internal static class ColumnCheck
{
    /// <summary>
    /// Columns that the full audit compares (domain: Task 01). A snapshot with fewer columns cannot show changes in the others.
    /// </summary>
    private const int AuditedColumns = 228;

    /// <returns>Whether all tables and columns exist.</returns>
    public static async Task<bool> ExistAsync(CheckContext context, CancellationToken cancel)
    {
        var missing = await context.ReadAsync(
            "checks/columns",
            r => (Relation: r.Get<string>("relation"), Table: r.Get<bool>("table_missing"), Columns: r.Get<string[]>("missing")), cancel);
        foreach (var (relation, table, columns) in missing)
        {
            context.Error(
                "Tables and columns", table ? $"Table {relation} is missing." : $"Table {relation} lacks {string.Join(", ", columns)}.",
                "Check conflict_schema and analytics_schema, or create the table.");
        }

        return missing.Count == 0;
    }

    /// <summary>Checks the columns when they are known to exist.</summary>
    public static async Task RunAsync(CheckContext context, CancellationToken cancel)
    {
        await IdTypesAsync(context, cancel);
        await WidthsAsync(context, cancel);
        await SnapshotAsync(context, cancel);
    }

    private static async Task IdTypesAsync(CheckContext context, CancellationToken cancel)
    {
        foreach (var (name, stored, analytics) in await context.ReadAsync(
            "checks/id_types", r => (r.GetString(0), r.GetString(1), r.GetString(2)), cancel))
        {
            context.Error(
                "Id types", $"{name} is {stored}, but its partner in {context.Settings.AnalyticsSchema} is {analytics}.", "Use two schemas of the same generation.");
        }
    }

    private static async Task WidthsAsync(CheckContext context, CancellationToken cancel)
    {
        var (complete, idType, narrow) = (await context.ReadAsync(
            "task02/assignments", r => (r.Get<bool>("complete"), r.Get<string>("id_type"), r.Get<long>("narrow")), cancel)).Single();
        if (!complete)
        {
            context.Error("Tables and columns", "conflictvisitmaps has neither ETATravleMinutes nor ETATravelMinutes.", "Add one of these columns.");
        }

        if (idType is not ("numeric" or "bigint"))
        {
            context.Error("Id types", $"conflictvisitmaps.ID has the type {idType}, which is not a whole number.", "Change its type to a whole number, such as bigint.");
        }

        if (narrow > 0)
        {
            context.Info("Column widths", $"{narrow} columns are narrower than their source; longer values are truncated and counted.");
        }
    }

    private static async Task SnapshotAsync(CheckContext context, CancellationToken cancel)
    {
        var (columns, orphans) = (await context.ReadAsync("task01/columns", r => (r.GetString(0), r.GetString(2)), cancel)).Single();
        if (orphans.Length > 0)
        {
            context.Error("Snapshot columns", $"conflictvisitmaps_temp has columns without a source: {orphans}.", "Drop them or add them to conflictvisitmaps.");
        }

        var missing = AuditedColumns - columns.Split(", ").Length;
        if (missing > 0)
        {
            context.Info("Snapshot columns", $"conflictvisitmaps_temp lacks {missing} of the {AuditedColumns} columns that the full audit compares.");
        }
    }
}
