using System.Diagnostics;
using CmEtl.Chaos.Faults;
using CmEtl.Chaos.World;

namespace CmEtl.Chaos;

/// <summary>Several runs on the same data, each with its share of the faults and a verdict of its own.</summary>
internal static class Soak
{
    private const int ChunksPerRound = 1_000;

    /// <summary>Number of visits that give one chunk of two rows.</summary>
    private const double VisitsPerChunk = 5;

    public static async Task<Report> RunAsync(ChaosOptions options, Action<string> say)
    {
        say($"seed {options.Seed}");
        await using var database = await ChaosDatabase.StartAsync(
            (int)(Math.Min(options.Chunks, ChunksPerRound) * VisitsPerChunk), CancellationToken.None);
        return await RunAsync(options, database, say);
    }

    public static async Task<Report> RunAsync(ChaosOptions options, ChaosDatabase database, Action<string> say)
    {
        using var deadline = new CancellationTokenSource(options.Deadline);
        var watch = Stopwatch.StartNew();
        await database.RestoreAsync(deadline.Token);
        var rounds = (int)Math.Ceiling((double)options.Chunks / database.Chunks);
        say($"{rounds} rounds of {database.Chunks} chunks");
        var counts = new ChaosCounts();
        Verdict? total = null;
        var left = FaultPlan.None;
        var chunks = 0L;
        for (var n = 0; n < rounds; n++)
        {
            var inOnePass = n % 2 == 1;
            // Plus the faults that the last round could not inject because its chunks were done before.
            var plan = FaultPlan.Make(HashCode(options.Seed, n), Share(options.Kills, n, rounds),
                inOnePass ? PausePoint.InOnePass : PausePoint.All);
            while (left.TryTake(out var fault))
            {
                plan.Return(inOnePass && fault.Point == PausePoint.Mark ? fault with { Point = PausePoint.Update } : fault);
            }

            var round = new Round(database, options, plan, Share(options.Restarts, n, rounds), counts);
            await round.RunAsync($"round-{n}", inOnePass, deadline.Token);
            var verdict = await database.JudgeAsync(deadline.Token);
            chunks += database.Chunks;
            total = total is null ? verdict : total + verdict;
            say($"round {n}: {new Report(chunks, total, counts, watch.Elapsed)}{(plan.Left > 0 ? $"; {plan.Left} faults were left over" : "")}");
            left = plan;
            await database.RestoreAsync(deadline.Token);
        }

        return new Report(chunks, total!, counts, watch.Elapsed);
    }

    private static int Share(int all, int n, int rounds) => (all * (n + 1) / rounds) - (all * n / rounds);

    // Not System.HashCode, which differs between processes.
    private static int HashCode(int seed, int round) => (seed * 1_000_003) + round;
}
