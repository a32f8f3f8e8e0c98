using CmEtl.Engine.Tests.Model;

namespace CmEtl.Engine.Tests.Cases;

/// <summary>Compares Task 01 of the engine with the model, on hand-made and on generated rows.</summary>
[Trait("Needs", "Engine")]
[Collection(ModelTestGroup.Name)]
public sealed class EngineTask01Tests(ModelServer server)
{
    [Fact]
    public async Task Snapshot_and_reminders_agree_with_the_model()
    {
        await using var database = await server.CreateAsync();
        await Task01Scenario.ArrangeAsync(await ScenarioBuilder.CreateAsync(database.Connection));
        await RunAndCompareAsync(database, ScenarioBuilder.Window);
    }

    [Fact]
    public async Task Generated_rows_agree_with_the_model()
    {
        await using var database = await server.CreateAsync(visits: 20_000);
        await RunAndCompareAsync(database, await database.WindowAsync());
    }

    private static async Task RunAndCompareAsync(SandboxDatabase database, Window window)
    {
        var expected = await ReferenceTask01.ComputeAsync(database.Connection, window);
        var start = await database.NowAsync();
        var counters = await EngineHook.RunTask01Async(database.Connection, window);
        var comparison = await Task01Comparer.CompareAsync(expected, database.Connection, start);
        Assert.True(comparison.Total == 0, comparison.ToString());
        Assert.Equal(expected.Counters, counters ?? expected.Counters);
    }
}
