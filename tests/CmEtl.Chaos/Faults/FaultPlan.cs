using System.Collections.Concurrent;

namespace CmEtl.Chaos.Faults;

/// <summary>The faults of one round, in the order in which workers meet them. The same seed gives the same plan.</summary>
internal sealed class FaultPlan
{
    /// <summary>Distribution of ten faults of a worker or its connection other than kills.</summary>
    private static readonly FaultKind[] Mix =
    [
        FaultKind.Freeze, FaultKind.Freeze, FaultKind.Terminate, FaultKind.Terminate, FaultKind.Cut, FaultKind.Cut,
        FaultKind.DropReply, FaultKind.DropReply, FaultKind.BlackHole, FaultKind.Delay,
    ];

    private readonly ConcurrentQueue<Fault> _faults;

    private FaultPlan(IEnumerable<Fault> faults) => _faults = new(faults);

    public static FaultPlan None { get; } = new([]);

    public int Left => _faults.Count;

    public static FaultPlan Of(IEnumerable<Fault> faults) => new(faults);

    /// <param name="seed">Seed of the plan.</param>
    /// <param name="kills">Number of killed workers. The number of other faults is the same.</param>
    /// <param name="points">The points that its workers reach.</param>
    public static FaultPlan Make(int seed, int kills, IReadOnlyList<PausePoint> points)
    {
#pragma warning disable CA5394 // A plan that can be made again is the point.
        var random = new Random(seed);
        var kinds = Enumerable.Repeat(FaultKind.Kill, kills).Concat(Enumerable.Range(0, kills).Select(n => Mix[n % Mix.Length])).ToArray();
        random.Shuffle(kinds);
        return new(kinds.Select(kind => new Fault(
            kind,
            random.Next(4) == 0 ? null : kind == FaultKind.DropReply ? PausePoint.Commit : points[random.Next(points.Count)],
            random.Next(3),
            kind == FaultKind.Freeze ? random.Next(300, 3_500) : random.Next(5, 300),
            random.Next(2) == 0)).ToList());
#pragma warning restore CA5394
    }

    public bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Fault? fault) => _faults.TryDequeue(out fault);

    /// <summary>Returns a fault that could not be injected.</summary>
    public void Return(Fault fault) => _faults.Enqueue(fault);
}
