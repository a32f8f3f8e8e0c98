using System.Globalization;

namespace CmEtl.Chaos.Nights;

/// <summary>Number and choice of nights.</summary>
internal sealed record NightOptions
{
    public const string Usage = "CmEtl.Chaos nights [--nights n] [--seed n] [--lanes n] [--stop-after false-greens] [--shrink yes|no] [--control name]";

    /// <summary>Total number of nights.</summary>
    public int Nights { get; init; } = 10_000;

    /// <summary>
    /// Seed of the first world; each further world has the next seed. A stopped campaign continues at the seed that it has reached.
    /// </summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Concurrent worlds.</summary>
    public int Lanes { get; init; } = 4;

    /// <summary>False successes after which no further world is begun.</summary>
    public int MostFound { get; init; } = 20;

    /// <summary>Whether a world with a false success is reduced.</summary>
    public bool Shrink { get; init; } = true;

    /// <summary>Time limit after which no further world is begun.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.MaxValue;

    /// <summary>The missing part, for a negative control.</summary>
    public Control? Control { get; init; }

    /// <returns>Null when the arguments are invalid.</returns>
    public static NightOptions? Parse(IReadOnlyList<string> args)
    {
        var options = new NightOptions();
        for (var i = 0; i + 1 < args.Count; i += 2)
        {
            if (args[i] == "--shrink")
            {
                options = options with { Shrink = args[i + 1] == "yes" };
            }
            else if (args[i] == "--control" && Chaos.Nights.Control.All.FirstOrDefault(c => c.Name == args[i + 1]) is { } control)
            {
                options = options with { Control = control };
            }
            else if (!int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var n))
            {
                return null;
            }
            else if (args[i] is "--nights" or "--seed" or "--lanes" or "--stop-after")
            {
                options = args[i] switch
                {
                    "--nights" => options with { Nights = n },
                    "--seed" => options with { Seed = (ulong)n },
                    "--lanes" => options with { Lanes = n },
                    _ => options with { MostFound = n },
                };
            }
            else
            {
                return null;
            }
        }

        return args.Count % 2 == 0 ? options : null;
    }
}
