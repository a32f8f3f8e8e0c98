using CmEtl.Engine.Tests.Cases;
using Npgsql;

namespace CmEtl.Engine.Tests.Model;

/// <summary>Results for whole tables: counters, the choice of the settings row, the multiplier.</summary>
[Collection(ModelTestGroup.Name)]
public sealed class ReferenceModelTests(ModelServer server) : IAsyncLifetime
{
    private SandboxDatabase database = null!;
    private ScenarioBuilder world = null!;

    public async Task InitializeAsync()
    {
        database = await server.CreateAsync();
        world = await ScenarioBuilder.CreateAsync(database.Connection);
    }

    public async Task DisposeAsync() => await database.DisposeAsync();

    [Fact]
    public async Task Counters_count_rows_distinct_rejects_and_cuts()
    {
        var long1 = new string('x', 150);
        var confirmed = await world.PairAsync(
            v => v.GpsIn("bad").GpsOut("").With(Dimension.Provider, "Provider Name", long1),
            v => v.GpsIn(",").GpsOut("91,0").Set("Call Out Device Type", long1[..30]));
        await world.MirrorAsync(confirmed);
        await world.PairAsync(v => v.Scheduled("11:00", "12:00").GpsIn("bad").With(Dimension.Provider, "Provider Name", long1));
        await world.PairAsync(v => v.GpsIn("bad").With(Dimension.Provider, "Is Active", false), v => v.GpsOut("bad"));
        await world.PairAsync(v => v.GpsIn("bad"), row: r => r.Set("PTOStartDate", ScenarioBuilder.At("08:00")));
        await world.PairAsync(v => v.GpsIn("bad"), row: r => r.Set("CONFLICTID", null));
        Assert.Equal(
            new RunCounters(Claimed: 5, Confirmed: 2, Unconfirmed: 2, Deferred: 1, Doubtful: 0, GpsRejects: 5, Unusable: 0, WidthCuts: 4),
            (await ComputeAsync()).Counters);
    }

    [Fact]
    public async Task A_pair_is_doubtful_when_a_value_of_no_use_may_be_why_no_rule_holds()
    {
        // A place matters only if there is a gap, and only a possible pair can be doubtful.
        await world.PairAsync(v => v.Actual("08:00", "09:00").GpsOut("?"), v => v.Actual("10:00", "11:00"));
        await world.PairAsync(v => v.Actual("08:00", "09:00").GpsOut("?"), v => v.Actual("09:00", "11:00"));
        await world.PairAsync(v => v.Scheduled("11:00", "12:00").GpsOut("?"));
        await world.PairAsync(v => v.Set("Scheduled Start Time", "infinity"));
        await world.PairAsync(v => v.Set("Scheduled Start Time", "infinity").With(Dimension.Caregiver, "SSN", "000-00-0002"));
        await world.PairAsync(v => v.Set("Visit Date", "infinity"));
        await world.PairAsync(v => v.Actual("08:00", "09:00").Address(("Latitude", 91)), v => v.Actual("10:00", "11:00"));
        await world.PairAsync(v => v.GpsOut("?").Set("Invoice Date", "infinity"));
        Assert.Equal(
            new RunCounters(Claimed: 8, Confirmed: 1, Unconfirmed: 7, Deferred: 0, Doubtful: 4, GpsRejects: 4, Unusable: 5, WidthCuts: 0),
            (await ComputeAsync()).Counters);
    }

    [Fact]
    public async Task Settings_with_ID_1_is_preferred()
    {
        var pair = await world.PairAsync(v => v.At(40.70, -74), v => v.At(40.90, -74));
        await world.InsertAsync("settings", ("ID", 0), ("ExtraDistancePer", 2));
        Assert.Equal(new Numeric("16.58"), (await ComputeAsync()).Rows[pair.Id].After["DistanceMilesFromLatLng"]);
    }

    [Fact]
    public async Task Settings_without_choice_are_refused()
    {
        await world.InsertAsync("settings", ("ID", 5));
        await ExecuteAsync("DELETE FROM conflict.settings WHERE \"ID\" = 1");
        _ = await ComputeAsync();
        await world.InsertAsync("settings", ("ID", 6));
        await Assert.ThrowsAsync<InvalidOperationException>(ComputeAsync);
        await ExecuteAsync("DELETE FROM conflict.settings");
        await Assert.ThrowsAsync<InvalidOperationException>(ComputeAsync);
    }

    [Fact]
    public async Task Without_a_multiplier_there_is_no_distance()
    {
        await ExecuteAsync("UPDATE conflict.settings SET \"ExtraDistancePer\" = NULL");
        var pair = await world.PairAsync(v => v.At(40.70, -74), v => v.At(40.90, -74));
        var row = (await ComputeAsync()).Rows[pair.Id];
        Assert.Equal(Outcome.Confirmed, row.Outcome);
        Assert.Equal("40.7", row.After["PLatitude"]);
        Assert.Null(row.After["DistanceMilesFromLatLng"]);
        Assert.Null(row.After["ETATravleMinutes"]);
    }

    private Task<ExpectedTable> ComputeAsync() => ReferenceModel.ComputeAsync(database.Connection, ScenarioBuilder.Window);

    private async Task ExecuteAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, database.Connection);
        await command.ExecuteNonQueryAsync();
    }
}
