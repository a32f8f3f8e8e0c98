using CmEtl.Engine.Tests.Model;

namespace CmEtl.Engine.Tests.Cases;

/// <summary>Runs the engine on generated data and compares every column of every row with the model.</summary>
[Trait("Needs", "Engine")]
[Collection(ModelTestGroup.Name)]
public sealed class EngineGeneratedTests(ModelServer server)
{
    [Fact]
    public async Task Every_column_of_every_row_agrees_with_the_model()
    {
        await using var database = await server.CreateAsync(visits: 20_000);
        var window = await database.WindowAsync();
        var expected = await ReferenceModel.ComputeAsync(database.Connection, window);
        AssertVaried(expected);
        var start = await database.NowAsync();
        var counters = await EngineHook.RunTask02Async(database.Connection, window);
        var comparison = await TableComparer.CompareAsync(expected, database.Connection, start);
        Assert.True(comparison.Total == 0, comparison.ToString());
        Assert.Equal(expected.Counters, counters ?? expected.Counters);
    }

    /// <summary>The generated rows have every outcome, and every rule changes a flag.</summary>
    private static void AssertVaried(ExpectedTable expected)
    {
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
