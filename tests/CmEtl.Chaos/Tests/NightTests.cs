using Xunit.Abstractions;
using CmEtl.Chaos.Nights;

namespace CmEtl.Chaos.Tests;

/// <summary>The nights themselves, as few as it takes; all of them are a command.</summary>
public sealed class NightTests(ITestOutputHelper output)
{
    /// <summary>A harness that sees failures where nothing happens, or that never sees a success, proves nothing.</summary>
    [Fact]
    public async Task A_night_in_which_nothing_happens_is_green_and_right()
    {
        await using var server = await NightServer.StartAsync();
        var tally = new Tally();
        for (var seed = 1UL; seed <= 4; seed++)
        {
            var world = WorldGen.Make(seed);
            var quiet = world with { Nights = [.. world.Nights.Select(n => new NightPlan("UTC", 24, New: false, [], [], []))] };
            Assert.Empty(await Campaign.LiveAsync(server, quiet, tally, s => s));
        }

        output.WriteLine(tally.ToString());
        Assert.Equal(1, tally.GreenShare);
    }
}
