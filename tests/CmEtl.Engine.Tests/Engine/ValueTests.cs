using CmEtl.Engine.Tests.Model;

namespace CmEtl.Engine.Tests.Engine;

/// <summary>Columns of unusual types and collations, with values that only they can contain.</summary>
[Collection(EngineTestGroup.Name)]
public sealed class ValueTests(EngineServer server)
{
    [Theory]
    [InlineData("\"en-x-icu\"")]
    [InlineData("public.folded")]
    public async Task Digits_are_those_of_ASCII_under_every_collation(string collation)
    {
        await using var database = await server.CopyAsync();
        await database.ExecuteAsync(
            $"""
            CREATE COLLATION public.folded (provider = icu, locale = 'und-u-ks-level1', deterministic = false);
            ALTER TABLE analytics.factvisitcallperformance_cr ALTER "Call In GPS Coordinates" TYPE text COLLATE {collation},
              ALTER "Call Out GPS Coordinates" TYPE text COLLATE {collation};
            ALTER TABLE analytics.dimpatientaddress ALTER "Address Type" TYPE text COLLATE {collation};
            UPDATE analytics.factvisitcallperformance_cr SET "Call In GPS Coordinates" = '٤٠.٧,٧٤', "Call Out GPS Coordinates" = repeat('1', 400) || ',1,'
             WHERE "Visit Id" < '4';
            """);
        await MatchesTheModelAsync(database);
    }

    [Fact]
    public async Task A_key_is_split_whatever_its_IDs_are()
    {
        await using var database = await server.CopyAsync();
        await database.ExecuteAsync(
            """
            ALTER TABLE conflict.conflictvisitmaps ALTER "ID" TYPE numeric;
            UPDATE conflict.conflictvisitmaps SET "ID" = CASE mod("ID", 4) WHEN 0 THEN "ID" + 0.25 WHEN 1 THEN "ID" + 1e30 WHEN 2 THEN "ID" - 1e30 ELSE "ID" END;
            """);
        var status = await MatchesTheModelAsync(database, s => s with { TargetChunkSize = 20, MaxChunkSize = 20 });
        Assert.True(status.ChunksTotal > 10);
        Assert.True(await database.ReadAsync<bool>("SELECT count(*) > 3 FROM cm_etl.chunk WHERE split_key"));
    }

    [Fact]
    public async Task IDs_may_be_integers()
    {
        await using var database = await server.CopyAsync();
        await database.ExecuteAsync("ALTER TABLE conflict.conflictvisitmaps ALTER \"ID\" DROP DEFAULT, ALTER \"ID\" TYPE integer");
        await MatchesTheModelAsync(database);
    }

    [Fact]
    public async Task A_real_speed_and_multiplier_keep_all_their_digits()
    {
        await using var database = await server.CopyAsync();
        await database.ExecuteAsync(
            """
            ALTER TABLE conflict.mph ALTER "AverageMilesPerHour" TYPE real;
            ALTER TABLE conflict.conflictvisitmaps ALTER "AverageMilesPerHour" TYPE real;
            UPDATE conflict.mph SET "AverageMilesPerHour" = 33.333332;
            ALTER TABLE conflict.settings ALTER "ExtraDistancePer" TYPE real;
            UPDATE conflict.settings SET "ExtraDistancePer" = 1.234567;
            """);
        await MatchesTheModelAsync(database);
        Assert.Equal("33.333332", await database.ReadAsync<string>("SELECT max(\"AverageMilesPerHour\")::text FROM conflict.conflictvisitmaps WHERE \"UpdateFlag\" IS NULL"));
    }

    [Fact]
    public async Task An_amount_that_its_column_cannot_hold_is_left_out_and_counted()
    {
        await using var database = await server.CopyAsync();
        await database.ExecuteAsync(
            """
            ALTER TABLE analytics.factvisitcallperformance_cr ALTER "Billed Hours" TYPE double precision, ALTER "Billed Rate" TYPE real;
            UPDATE analytics.factvisitcallperformance_cr SET "Billed Hours" = 'Infinity', "Billed Rate" = '-Infinity' WHERE "Visit Id" < '4';
            UPDATE analytics.factvisitcallperformance_cr SET "Billed Hours" = 1e300, "Billed Rate" = 123456.79 WHERE "Visit Id" >= '8';
            ALTER TABLE conflict.conflictvisitmaps ALTER "ConBilledHours" TYPE bigint;
            UPDATE analytics.factvisitcallperformance_cr SET "Billed Hours" = 'NaN' WHERE "Visit Id" BETWEEN '4' AND '5';
            """);
        var status = await database.CompleteAsync();
        Assert.True(status.UnusableValues > 100);
        Assert.Equal(status.RowsPlanned, status.RowsConfirmed + status.RowsUnconfirmed + status.RowsDeferred);
        Assert.Equal("123456.790", await database.ReadAsync<string>("SELECT max(\"BilledRate\")::text FROM conflict.conflictvisitmaps WHERE \"UpdateFlag\" IS NULL"));
    }

    [Fact]
    public async Task An_application_id_that_reminders_cannot_hold_does_not_fail_Task_01()
    {
        await using var database = await server.CopyAsync();
        await database.ExecuteAsync(
            """
            ALTER TABLE conflict.payer_provider_reminders ALTER "AppPayerID" TYPE bigint USING NULL;
            DELETE FROM conflict.payer_provider_reminders;
            UPDATE analytics.dimpayerprovider SET "Application Payer Id" = CASE WHEN "Payer Id" < '8' THEN 'NaN' ELSE 1e30 END;
            """);
        Assert.True((await database.CompleteAsync()).RemindersAdded > 0);
        Assert.Equal(0, await database.ReadAsync<long>("SELECT count(\"AppPayerID\") FROM conflict.payer_provider_reminders"));
    }

    private static async Task<EtlStatus> MatchesTheModelAsync(EngineDatabase database, Func<EtlSettings, EtlSettings>? change = null)
    {
        var expected = await ReferenceModel.ComputeAsync(database.Connection, await database.WindowAsync());
        var start = await database.NowAsync();
        var status = await database.CompleteAsync(change: change);
        var comparison = await TableComparer.CompareAsync(expected, database.Connection, start);
        Assert.True(comparison.Total == 0, comparison.ToString());
        Assert.Equal(expected.Counters.Doubtful, status.RowsDoubtful);
        return status;
    }
}
