using System.Diagnostics;

namespace CmEtl.Chaos.Nights;

/// <summary>The command.</summary>
internal static class NightProgram
{
    /// <summary>The share of successful nights below which a campaign proves nothing.</summary>
    public const double GreenFloor = 0.5;

    /// <returns>0 when no success was false and enough nights succeeded.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args)
    {
        if (NightOptions.Parse(args) is not { } options)
        {
            Console.Error.WriteLine(NightOptions.Usage);
            return 2;
        }

        var watch = Stopwatch.StartNew();
        var campaign = new Campaign(options, Console.WriteLine);
        await campaign.RunAsync();
        Console.WriteLine($"{watch.Elapsed.TotalSeconds:F0} s, {watch.Elapsed.TotalMilliseconds / Math.Max(1, campaign.Tally.Nights):F0} ms a night");
        return campaign.Tally is { FalseGreens: 0, Faults: 0 } && campaign.Tally.GreenShare >= GreenFloor ? 0 : 1;
    }
}
