namespace CmEtl.Engine.Tests.Engine;

/// <summary>Rows whose values would not change keep their version, and nothing else differs.</summary>
[Collection(DeltaTestGroup.Name)]
public sealed class SkipUnchangedTests(EngineServer server)
{
    [Fact]
    public async Task On_unchanged_data_no_row_is_written_and_all_are_confirmed()
    {
        await using var database = await server.CopyAsync();
        var first = await database.CompleteAsync(change: InOnePass);
        var before = await TableHash.OfVersionsAsync(database, "true");

        var second = await database.CompleteAsync(change: Skipping);

        Assert.Equal(before, await TableHash.OfVersionsAsync(database, "true"));
        Assert.True(first.RowsConfirmed > 0);
        Assert.Equal((first.RowsConfirmed, first.RowsConfirmed, 0L), (second.RowsConfirmed, second.RowsUnchanged, second.RowsMissed));
        Assert.Equal((first.RowsUnconfirmed, first.RowsDeferred), (second.RowsUnconfirmed, second.RowsDeferred));
    }

    [Fact]
    public async Task Changed_rows_are_written_as_by_a_run_that_writes_all()
    {
        await using var database = await server.CopyAsync();
        await database.CompleteAsync(change: InOnePass);
        await database.ExecuteAsync(
            """
            UPDATE analytics.dimcaregiver SET "Caregiver Fullname" = 'Another Name' WHERE "Caregiver Id"::text < '4';
            UPDATE analytics.factvisitcallperformance_cr SET "Visit End Time" = "Visit End Time" + interval '7 minutes' WHERE "Visit Id"::text < '2';
            UPDATE analytics.factvisitcallperformance_cr SET "Billed" = NULL WHERE "Visit Id"::text > 'f';
            DELETE FROM analytics.dimpatientaddress WHERE "Patient Id"::text < '3';
            UPDATE conflict.conflictvisitmaps SET "StatusFlag" = 'R', "ResolveDate" = localtimestamp WHERE "ID" % 7 = 0;
            """);

        var skipping = await database.CompleteAsync(change: Skipping);
        var skipped = await TableHash.OfPairsAsync(database);
        await database.CompleteAsync(change: InOnePass);

        Assert.Equal(skipped, await TableHash.OfPairsAsync(database));
        Assert.InRange(skipping.RowsUnchanged, 1, skipping.RowsConfirmed - 1);
    }

    [Fact]
    public async Task Two_phases_would_write_every_row_and_are_refused()
    {
        await using var database = await server.CopyAsync();
        var error = await Assert.ThrowsAsync<CmEtlException>(
            () => database.RunAsync(change: s => s with { SkipUnchanged = true, MarkMode = MarkMode.TwoPhase }));
        Assert.Equal("PreflightFailed", error.ErrorId);
        Assert.Contains("mark_mode is TwoPhase", error.Message, StringComparison.Ordinal);
    }

    private static EtlSettings InOnePass(EtlSettings settings) => settings with { MarkMode = MarkMode.SinglePass };

    private static EtlSettings Skipping(EtlSettings settings) => InOnePass(settings) with { SkipUnchanged = true };
}
