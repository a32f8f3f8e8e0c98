using CmEtl.Engine.Tests.Cases;

namespace CmEtl.Engine.Tests.Model;

public sealed class GeneratedWorldTests
{
    [Fact]
    public async Task Generated_world_has_every_outcome_and_every_rule()
    {
        await using var database = await SandboxDatabase.StartAsync(visits: 20_000);
        var expected = await ReferenceModel.ComputeAsync(database.Connection, await database.WindowAsync());
        foreach (var outcome in Enum.GetValues<Outcome>())
        {
            Assert.Contains(expected.Rows.Values, row => row.Outcome == outcome);
        }

        Assert.All(Rules.Flags, flag => Assert.Contains(expected.Rows.Values,
            row => row.Before.Text(flag) == "N" && row.After.Text(flag) == "Y"));
        Assert.True(expected.Counters.GpsRejects > 0, "no GPS text is unusable");
        Assert.True(expected.Counters.WidthCuts > 0, "no value is too wide");
        Assert.Equal(expected.Counters.Claimed, expected.Counters.Confirmed + expected.Counters.Unconfirmed + expected.Counters.Deferred);
    }
}
