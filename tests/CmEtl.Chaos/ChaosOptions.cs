using System.Globalization;
using CmEtl.Chaos.Processes;

namespace CmEtl.Chaos;

/// <summary>The extent of a soak test.</summary>
internal sealed record ChaosOptions
{
    public const string Usage =
        "CmEtl.Chaos [--chunks n] [--kills n] [--restarts n] [--seed n] [--workers n] [--deadline minutes] [--worker Engine|LateCompletion|StatusGuard]";

    /// <summary>Total number of chunks.</summary>
    public int Chunks { get; init; } = 1_000;

    /// <summary>Total number of killed workers. The number of other faults is the same.</summary>
    public int Kills { get; init; } = 100;

    public int Restarts { get; init; } = 5;

    public int Seed { get; init; } = 1;

    /// <summary>Concurrent worker processes.</summary>
    public int Workers { get; init; } = 4;

    public TimeSpan Deadline { get; init; } = TimeSpan.FromMinutes(60);

    public WorkerKind Worker { get; init; } = WorkerKind.Engine;

    /// <returns>Null when the arguments are invalid.</returns>
    public static ChaosOptions? Parse(IReadOnlyList<string> args)
    {
        var options = new ChaosOptions();
        for (var i = 0; i < args.Count; i += 2)
        {
            if (i + 1 == args.Count)
            {
                return null;
            }

            if (args[i] == "--worker" && Enum.TryParse<WorkerKind>(args[i + 1], ignoreCase: true, out var kind))
            {
                options = options with { Worker = kind };
                continue;
            }

            if (!int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var n))
            {
                return null;
            }

            switch (args[i])
            {
                case "--chunks": options = options with { Chunks = n }; break;
                case "--kills": options = options with { Kills = n }; break;
                case "--restarts": options = options with { Restarts = n }; break;
                case "--seed": options = options with { Seed = n }; break;
                case "--workers": options = options with { Workers = n }; break;
                case "--deadline": options = options with { Deadline = TimeSpan.FromMinutes(n) }; break;
                default: return null;
            }
        }

        return options;
    }
}
