using CmEtl.Engine;

namespace CmEtl.Benchmarks;

/// <summary>The command line.</summary>
internal sealed record BenchmarkOptions(int Visits, int Rounds, string? JsonPath, IReadOnlyList<string> Only)
{
    public const string Usage =
        "CmEtl.Benchmarks [--nights] --size 50k|500k|5m [--rounds 5] [--connections 2] [--keys 1000] [--json path] [--only \"limit,single pass x2\"] [--postgres bin]";

    /// <summary>
    /// Whether delta runs are compared with full runs, night by night. --only then selects nights, --connections sets the connections of
    /// each run, and --keys its max_keys_per_chunk.
    /// </summary>
    public bool Nights { get; init; }

    public int Connections { get; init; } = 2;

    public int Keys { get; init; } = new EtlSettings().MaxKeysPerChunk;

    /// <summary>Folder of PostgreSQL's programs; null to search for it.</summary>
    public string? PostgresBin { get; init; }

    /// <summary>The options, or null when they are invalid.</summary>
    public static BenchmarkOptions? Parse(string[] args)
    {
        var options = new BenchmarkOptions(200_000, 5, null, []);
        if (args.Contains("--nights"))
        {
            options = options with { Nights = true };
            args = [.. args.Where(a => a != "--nights")];
        }

        for (var i = 0; i < args.Length; i += 2)
        {
            // About one conflict row per four visits.
            BenchmarkOptions? next = (args[i], i + 1 < args.Length ? args[i + 1] : "") switch
            {
                ("--size", "50k") => options with { Visits = 200_000 },
                ("--size", "500k") => options with { Visits = 2_000_000 },
                ("--size", "5m") => options with { Visits = 20_000_000 },
                ("--rounds", var n) when int.TryParse(n, out var rounds) && rounds > 0 => options with { Rounds = rounds },
                ("--connections", var n) when int.TryParse(n, out var connections) && connections > 0 => options with { Connections = connections },
                ("--keys", var n) when int.TryParse(n, out var keys) && keys > 0 => options with { Keys = keys },
                ("--postgres", { Length: > 0 } path) => options with { PostgresBin = path },
                ("--json", { Length: > 0 } path) => options with { JsonPath = path },
                ("--only", { Length: > 0 } names) => options with { Only = names.Split(',', StringSplitOptions.TrimEntries) },
                _ => null,
            };
            if (next is null)
            {
                return null;
            }

            options = next;
        }

        return options;
    }
}
