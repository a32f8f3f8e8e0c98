using System.Diagnostics;
using CmEtl.Engine;

namespace CmEtl.Chaos.Nights;

/// <summary>A run that reported a success although its result was wrong.</summary>
/// <param name="Seed">Seed of its world.</param>
/// <param name="World">The world after reduction.</param>
/// <param name="Findings">The errors, row by row.</param>
internal sealed record FalseGreen(ulong Seed, World World, IReadOnlyList<string> Findings)
{
    private const int MostShown = 6;

    public override string ToString() => string.Join(
        Environment.NewLine,
        [$"FALSE GREEN, seed {Seed}: {Findings.Count} findings", .. Findings.Take(MostShown).Select(f => $"  {f}"), World.ToString()]);
}

/// <summary>Runs many worlds, several at a time on one server.</summary>
internal sealed class Campaign(NightOptions options, Action<string> say)
{
    /// <summary>How often a reduced world is tried, because the timing of events differs each time.</summary>
    private const int TriesPerStep = 3;

    private const int TellEvery = 100;

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly object _gate = new();
    private readonly List<FalseGreen> _found = [];
    private ulong _next = options.Seed;
    private int _told;

    public Tally Tally { get; } = new();

    public IReadOnlyList<FalseGreen> Found => _found;

    public async Task RunAsync()
    {
        await using var server = await NightServer.StartAsync();
        await RunAsync(server);
    }

    public async Task RunAsync(NightServer server)
    {
        say($"seed {options.Seed}, {options.Nights} nights, {options.Lanes} at a time");
        await Task.WhenAll(Enumerable.Range(0, options.Lanes).Select(_ => LaneAsync(server)));
        say($"the next seed is {_next}");
        say(Tally.ToString());
    }

    /// <summary>Runs one world, night after night, until a success is false.</summary>
    public static async Task<IReadOnlyList<string>> LiveAsync(NightServer server, World world, Tally tally, Control? control = null)
    {
        SqlLibrary.Control.Value = control is null ? null : control.Apply;
        await using var database = await WorldDatabase.CreateAsync(server, world);
        using var inputs = new InputStates(database);
        for (var n = 0; n < world.Nights.Count; n++)
        {
            tally.Night();
            if (await new Night(world, world.Nights[n], database, inputs, tally, control).RunAsync() is { Count: > 0 } wrong)
            {
                tally.FalseGreen();
                return [.. wrong.Select(w => $"night {n}: {w}")];
            }
        }

        return [];
    }

    private async Task LaneAsync(NightServer server)
    {
        while (Take() is { } seed)
        {
            try
            {
                await LiveAsync(server, seed);
                TellProgress();
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                // An error of the harness is reported separately from one of the engine, and ends the campaign.
                Tally.Fault();
                say($"HARNESS FAULT, seed {seed}: {error}");
            }
        }
    }

    private async Task LiveAsync(NightServer server, ulong seed)
    {
        var world = options.Control?.Make(seed) ?? WorldGen.Make(seed);
        if (world.Harsh)
        {
            await using var own = await NightServer.StartAsync();
            await LiveAsync(own, seed, world);
        }
        else
        {
            await LiveAsync(server, seed, world);
        }
    }

    private async Task LiveAsync(NightServer server, ulong seed, World world)
    {
        var wrong = await LiveAsync(server, world, Tally, options.Control);
        if (wrong.Count > 0)
        {
            var found = new FalseGreen(seed, world, wrong);
            if (options.Shrink)
            {
                found = await ShrinkAsync(server, found);
            }

            say(found.ToString());
            lock (_gate)
            {
                _found.Add(found);
            }
        }
    }

    /// <summary>A campaign of hours may be stopped. The next one continues at this seed.</summary>
    private void TellProgress()
    {
        lock (_gate)
        {
            if (Tally.Nights >= _told + TellEvery)
            {
                _told = Tally.Nights;
                say($"{Tally.Nights} nights, {Tally.GreenShare:P0} green, {_found.Count} false greens, {Tally.Faults} faults; the next seed is {_next}");
            }
        }
    }

    private ulong? Take()
    {
        lock (_gate)
        {
            return Tally.Nights >= options.Nights || _found.Count >= options.MostFound
                || _watch.Elapsed > options.Deadline ? null : _next++;
        }
    }

    /// <summary>Removes everything that the failure does not need.</summary>
    private async Task<FalseGreen> ShrinkAsync(NightServer server, FalseGreen found)
    {
        var unnoticed = new Tally();
        var smaller = true;
        while (smaller)
        {
            smaller = false;
            foreach (var world in Smaller.Than(found.World))
            {
                for (var n = 0; n < TriesPerStep && !smaller; n++)
                {
                    if (await LiveAsync(server, world, unnoticed, options.Control) is { Count: > 0 } wrong)
                    {
                        found = found with { World = world, Findings = wrong };
                        smaller = true;
                    }
                }

                if (smaller)
                {
                    break;
                }
            }
        }

        return found;
    }
}
