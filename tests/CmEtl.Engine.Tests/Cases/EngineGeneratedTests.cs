using CmEtl.Engine.Tests.Model;

namespace CmEtl.Engine.Tests.Cases;

/// <summary>Runs the engine on generated data and compares every column of every row with the model.</summary>
[Trait("Needs", "Engine")]
public sealed class EngineGeneratedTests
{
    [Fact]
    public async Task Every_column_of_every_row_agrees_with_the_model()
    {
        await using var database = await SandboxDatabase.StartAsync(visits: 20_000);
        var window = await database.WindowAsync();
        var expected = await ReferenceModel.ComputeAsync(database.Connection, window);
        var start = await database.NowAsync();
        var counters = await EngineHook.RunTask02Async(database.Connection, window);
        var comparison = await TableComparer.CompareAsync(expected, database.Connection, start);
        Assert.True(comparison.Total == 0, comparison.ToString());
        Assert.Equal(expected.Counters, counters ?? expected.Counters);
    }
}
