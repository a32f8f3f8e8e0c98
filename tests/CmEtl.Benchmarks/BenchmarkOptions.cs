namespace CmEtl.Benchmarks;

/// <summary>What the command line asks for.</summary>
internal sealed record BenchmarkOptions(int Visits, int Rounds, string? JsonPath, IReadOnlyList<string> Only)
{
    public const string Usage =
        "CmEtl.Benchmarks --size 50k|500k|5m [--rounds 5] [--json path] [--only \"limit,single pass x2\"]";

    /// <summary>The options, or null when they cannot be understood.</summary>
    public static BenchmarkOptions? Parse(string[] args)
    {
        var options = new BenchmarkOptions(200_000, 5, null, []);
        for (var i = 0; i < args.Length; i += 2)
        {
            // About one conflict row per four visits.
            BenchmarkOptions? next = (args[i], i + 1 < args.Length ? args[i + 1] : "") switch
            {
                ("--size", "50k") => options with { Visits = 200_000 },
                ("--size", "500k") => options with { Visits = 2_000_000 },
                ("--size", "5m") => options with { Visits = 20_000_000 },
                ("--rounds", var n) when int.TryParse(n, out var rounds) && rounds > 0 => options with { Rounds = rounds },
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
