using CmEtl.Chaos.Nights;
using Xunit.Abstractions;

namespace CmEtl.Chaos.Tests;

/// <summary>A few nights, as many as a test has time for. The command runs ten thousand.</summary>
public sealed class NightTests(NightServerFixture fixture, ITestOutputHelper output) : IClassFixture<NightServerFixture>
{
    /// <summary>A harness that reports failures although nothing happens, or never sees a success, proves nothing.</summary>
    [Fact]
    public async Task A_night_in_which_nothing_happens_is_green_and_right()
    {
        var tally = new Tally();
        for (var seed = 1UL; seed <= 3; seed++)
        {
            var world = WorldGen.Make(seed);
            var quiet = world with { Nights = [.. world.Nights.Select(n => new NightPlan("UTC", 24, New: false, [], [], []))] };
            Assert.Empty(await Campaign.LiveAsync(fixture.Server, quiet, tally));
        }

        output.WriteLine(tally.ToString());
        Assert.Equal(1, tally.GreenShare);
    }

    /// <summary>Different nights each time. The output contains the seed, and CMETL_NIGHTS_SEED repeats them.</summary>
    [Fact]
    public async Task No_success_is_a_false_one()
    {
        var seed = ulong.TryParse(Environment.GetEnvironmentVariable("CMETL_NIGHTS_SEED"), out var given)
            ? given : 20_000 + (ulong)Random.Shared.Next(1_000_000_000);
        output.WriteLine($"CMETL_NIGHTS_SEED={seed}");
        var campaign =
            new Campaign(
            new NightOptions { Seed = seed, Nights = 40, Deadline = TimeSpan.FromSeconds(75), MostFound = 1, Shrink = false },
            output.WriteLine);
        await campaign.RunAsync(fixture.Server);
        Assert.Empty(campaign.Found);
        Assert.Equal(0, campaign.Tally.Faults);
        Assert.InRange(campaign.Tally.GreenShare, NightProgram.GreenFloor, 1);
    }

    public static TheoryData<string> Controls => [.. Control.All.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Controls))]
    public async Task Negative_controls_are_detected(string control)
    {
        var part = Control.All.Single(c => c.Name == control);
        var options = new NightOptions { Seed = part.Seed, Nights = 300, Lanes = 3, MostFound = 1, Shrink = false, Control = part };
        var campaign = new Campaign(options, output.WriteLine);
        await campaign.RunAsync(fixture.Server);
        Assert.Equal((1, 0), (Math.Min(1, campaign.Tally.FalseGreens), campaign.Tally.Faults));
    }
}
