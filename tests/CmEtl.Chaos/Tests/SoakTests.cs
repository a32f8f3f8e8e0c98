namespace CmEtl.Chaos.Tests;

/// <summary>A short soak test. The command runs a long one.</summary>
[Collection(ChaosTestGroup.Name)]
public sealed class SoakTests(ChaosWorld world)
{
    [Fact]
    public async Task A_short_soak_loses_and_doubles_nothing()
    {
        var options = new ChaosOptions { Chunks = 1, Kills = 4, Restarts = 1, Seed = 7, Deadline = TimeSpan.FromMinutes(2) };
        var report = await Soak.RunAsync(options, world.Database, _ => { });
        Assert.True(report.Verdict.Clean, report.ToString());
        Assert.Equal((options.Kills, options.Restarts), (report.Counts.Kills, report.Counts.Restarts));
    }
}
