using CmEtl.Chaos.Faults;
using CmEtl.Engine;
using CsCheck;

namespace CmEtl.Chaos.Nights;

/// <summary>Worlds at random. The same seed makes the same world.</summary>
internal static class WorldGen
{
    private static readonly Gen<PairShape> Shape = Gen.Frequency(
        (6, PairShape.Planned), (4, PairShape.PlannedOverlap), (6, PairShape.Worked), (4, PairShape.WorkedOverlap), (2, PairShape.PlannedWorked),
        (2, PairShape.Travelled), (1, PairShape.Apart), (1, PairShape.ClockedIn), (1, PairShape.NoVisit));

    private static readonly Gen<PairSpec> Pair = Gen.Select(
        Gen.Frequency<int>((18, Gen.Int[-30, 20]), (1, Gen.Int[31, 40]), (1, Gen.Int[-800, -735])),
        Gen.Int[1, WorldDatabase.Persons],
        Shape,
        Gen.Frequency((8, "U"), (1, "W"), (1, "I"), (1, "R"), (1, "N")),
        Chance(8),
        Chance(15),
        Chance(3),
        (day, person, shape, status, marked, deferred, mirrored) => new PairSpec(day, person, shape, status, marked, deferred, mirrored));

    private static readonly Gen<string> Zone = Gen.Frequency(
        (8, "UTC"), (1, "America/New_York"), (1, "Asia/Tokyo"), (1, "Pacific/Kiritimati"), (1, "Pacific/Pago_Pago"));

    /// <summary>The world of a seed.</summary>
    public static World Make(ulong seed) => All.Generate(new PCG((uint)(seed & 0x7fffffff), seed), null, out _);

    private static Gen<World> All { get; } = Gen.Select(
        Pair.Array[14, 26],
        Gen.Bool,
        Gen.Frequency((3, (false, false)), (1, (true, false)), (2, (true, true))),
        Chance(5),
        Night().Array[1, 4],
        (pairs, twoPhase, kept, partitioned, nights) => new World(
            pairs, twoPhase && !kept.Item1 ? MarkMode.TwoPhase : MarkMode.SinglePass, kept.Item1, kept.Item2, partitioned, nights));

    private static Gen<NightPlan> Night() => Gen.Select(
        Zone,
        Gen.Frequency((6, 24), (1, 0), (1, 5), (1, 50)),
        Chance(6),
        Events(EventTime.Before, [""]).Array[0, 2],
        Events(EventTime.During, [.. PausePoint.Night.Select(p => p.Name)]).Array[0, 3],
        Gen.Frequency<NightEvent[]>((3, Gen.Const(Array.Empty<NightEvent>())), (1, Events(EventTime.After, [""]).Array[1, 1])),
        (zone, hours, anew, before, during, after) => new NightPlan(zone, hours, anew, before, during, after));

    private static Gen<NightEvent> Events(EventTime time, string[] points)
    {
        var kinds = EventCatalog.All.Where(e => e.Times.HasFlag(time)).Select(e => (e.Weight, e.Name)).ToArray();
        return Gen.Select(
            Gen.Frequency(kinds), Gen.Int[0, points.Length - 1].Select(n => points[n]), Gen.Int[0, 5], Gen.Int[0, 999], Gen.Int[0, 120],
            (kind, point, skip, choice, time) => new NightEvent(kind, point, skip, choice, time));
    }

    private static Gen<bool> Chance(int oneIn) => Gen.Int[1, oneIn].Select(n => n == 1);
}
