using CmEtl.Chaos.Faults;
using CmEtl.Engine;
using CsCheck;

namespace CmEtl.Chaos.Nights;

/// <summary>Generates random worlds. The same seed gives the same world.</summary>
internal static class WorldGen
{
    private static readonly Gen<PairShape> Shape = Gen.Frequency(
        (6, PairShape.Planned), (4, PairShape.PlannedOverlap), (6, PairShape.Worked), (4, PairShape.WorkedOverlap),
        (2, PairShape.PlannedWorked),
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

    private static readonly string[] Points = [.. PausePoint.Night.Select(p => p.Name)];

    private static readonly Gen<string> Zone = Gen.Frequency(
        (8, "UTC"), (1, "America/New_York"), (1, "Asia/Tokyo"), (1, "Pacific/Kiritimati"), (1, "Pacific/Pago_Pago"));

    /// <summary>The world of a seed.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="kinds">Only events whose names begin with one of these; empty for all.</param>
    public static World Make(ulong seed, params string[] kinds) =>
        (kinds.Length == 0 ? Any : All(kinds)).Generate(new PCG((uint)(seed & 0x7fffffff), seed), null, out _);

    private static Gen<World> Any { get; } = Gen.Select(All([]), Chance(40), Events(EventTime.During, Points, [], EventCatalog.Harsh),
        (world, harsh, e) => !harsh
        ? world : world with { Nights = [.. world.Nights.Select((n, i) => i > 0 ? n : n with { During = [e, .. n.During] })] });

    private static Gen<World> All(string[] only) => Gen.Select(
        Pair.Array[14, 26],
        Gen.Bool,
        Gen.Frequency((3, (false, false)), (1, (true, false)), (2, (true, true))),
        Chance(5),
        Night(only).Array[1, 4],
        (pairs, twoPhase, kept, partitioned, nights) => new World(
            pairs, twoPhase && !kept.Item1 ? MarkMode.TwoPhase : MarkMode.SinglePass, kept.Item1, kept.Item2, partitioned, nights));

    private static Gen<NightPlan> Night(string[] only) => Gen.Select(
        Zone,
        Gen.Frequency((6, 24), (1, 0), (1, 5), (1, 50)),
        Chance(6),
        Events(EventTime.Before, [""], only).Array[0, 2],
        Events(EventTime.During, Points, only).Array[0, 3],
        Gen.Frequency<NightEvent[]>((3, Gen.Const(Array.Empty<NightEvent>())),
            (only.Length == 0 ? 1 : 6, Events(EventTime.After, [""], only).Array[1, 1])),
        (zone, hours, anew, before, during, after) => new NightPlan(zone, hours, anew, before, during, after));

    private static Gen<NightEvent> Events(EventTime time, string[] points, string[] only, IReadOnlyList<EventKind>? of = null)
    {
        var kinds = (of ?? EventCatalog.All).Where(e => e.Times.HasFlag(time)).ToList();
        var wanted = kinds.Where(e => only.Any(o => e.Name.StartsWith(o, StringComparison.Ordinal))).ToList();
        return Gen.Select(
            Gen.Frequency([.. (wanted.Count > 0 ? wanted : kinds).Select(e => (e.Weight, e.Name))]),
            Gen.Int[0, points.Length - 1].Select(n => points[n]), Gen.Int[0, 5], Gen.Int[0, 999], Gen.Int[0, 120],
            (kind, point, skip, choice, time) => new NightEvent(kind, point, skip, choice, time));
    }

    private static Gen<bool> Chance(int oneIn) => Gen.Int[1, oneIn].Select(n => n == 1);
}
