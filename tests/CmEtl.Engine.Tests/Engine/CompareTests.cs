namespace CmEtl.Engine.Tests.Engine;

/// <summary>The comparison of the snapshot with the table, row by row.</summary>
[Collection(EngineTestGroup.Name)]
public sealed class CompareTests(EngineServer server)
{
    [Fact]
    public async Task Each_kind_of_change_is_counted_once()
    {
        await using var database = await server.CopyAfterRunAsync();
        // A second run on the same data changes nothing that is compared.
        var run = await database.CompleteAsync();
        var before = await CompareAsync(database);
        Assert.Equal(Total(before, "rows before"), Total(before, "rows in both"));
        Assert.DoesNotContain(before, c => c.Kind is ChangeKind.New or ChangeKind.Vanished or ChangeKind.FlagSet or ChangeKind.Suspicious);
        Assert.Equal(run.RowsUnconfirmed, Sum(before, ChangeKind.Unconfirmed));

        await database.ExecuteAsync("""
            CREATE TABLE public.picked AS
              SELECT "ID", row_number() OVER (ORDER BY "ID") AS n, "VisitDate", "ProviderName" FROM conflict.conflictvisitmaps
               WHERE "UpdateFlag" IS NULL AND "SameSchTimeFlag" = 'N' AND "ConOffice" IS NOT NULL AND "BilledRate" IS NULL ORDER BY "ID" LIMIT 5;
            UPDATE conflict.conflictvisitmaps SET "ConOffice" = NULL WHERE "ID" = (SELECT "ID" FROM public.picked WHERE n = 1);
            UPDATE conflict.conflictvisitmaps SET "SameSchTimeFlag" = 'Y' WHERE "ID" = (SELECT "ID" FROM public.picked WHERE n = 2);
            UPDATE conflict.conflictvisitmaps SET "DistanceMilesFromLatLng" = -1, "PTOFlag" = 'y' WHERE "ID" = (SELECT "ID" FROM public.picked WHERE n = 3);
            DELETE FROM conflict.conflictvisitmaps WHERE "ID" = (SELECT "ID" FROM public.picked WHERE n = 4);
            UPDATE conflict.conflictvisitmaps SET "ID" = 1e15 WHERE "ID" = (SELECT "ID" FROM public.picked WHERE n = 5)
            """);
        var after = await CompareAsync(database);

        Assert.Equal(Total(before, "rows before"), Total(after, "rows before"));
        Assert.Equal(Total(before, "rows now") - 1, Total(after, "rows now"));
        Assert.Equal(Total(before, "rows in both") - 2, Total(after, "rows in both"));
        Assert.Equal(3, Total(after, "rows changed") - Total(before, "rows changed"));
        Assert.Equal(1, Column(after, "ConOffice") - Column(before, "ConOffice"));
        Assert.Equal(1, Assert.Single(after, c => c.Kind == ChangeKind.FlagSet && c.Name == "SameSchTimeFlag").Rows);
        Assert.Equal(
            [("DistanceMilesFromLatLng is negative", 1L), ("PTOFlag is neither Y nor N", 1L)],
            after.Where(c => c.Kind == ChangeKind.Suspicious).Select(c => (c.Name, c.Rows)).Order());
        // The row whose ID was changed counts as new. Its old ID counts as vanished, and so does the deleted row.
        Assert.Equal((1L, 2L), (Sum(after, ChangeKind.New), Sum(after, ChangeKind.Vanished)));
        Assert.Contains(
            await database.ReadAsync<string>("SELECT format('%s %s', \"VisitDate\", \"ProviderName\") FROM public.picked WHERE n = 4"),
            after.Where(c => c.Kind == ChangeKind.Vanished).Select(c => $"{c.VisitDate:yyyy-MM-dd} {c.Agency}"));
    }

    [Fact]
    public async Task A_run_without_the_snapshot_is_refused()
    {
        await using var database = await server.CopyAsync();
        var first = await database.CompleteAsync();
        var second = await database.CompleteAsync();

        var refused = await Assert.ThrowsAsync<CmEtlException>(() => database.Engine().CompareAsync(first.RunId, CancellationToken.None));

        Assert.Equal((ErrorIds.SnapshotReplaced, true), (refused.ErrorId, refused.Remedy.Contains(second.RunId, StringComparison.Ordinal)));
    }

    private static Task<IReadOnlyList<RunChange>> CompareAsync(EngineDatabase database) =>
        database.Engine().CompareAsync(null, CancellationToken.None);

    private static long Total(IEnumerable<RunChange> changes, string name) =>
        changes.Single(c => c.Kind == ChangeKind.Total && c.Name == name).Rows;

    private static long Column(IEnumerable<RunChange> changes, string name) =>
        changes.Where(c => c.Kind == ChangeKind.Column && c.Name == name).Sum(c => c.Rows);

    private static long Sum(IEnumerable<RunChange> changes, ChangeKind kind) => changes.Where(c => c.Kind == kind).Sum(c => c.Rows);
}
