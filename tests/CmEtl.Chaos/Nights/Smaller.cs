namespace CmEtl.Chaos.Nights;

/// <summary>
/// Reduced worlds, the largest reductions first. CsCheck reduces a failure by drawing smaller ones at random, which would take too many
/// nights. Removing parts takes as many nights as there are parts.
/// </summary>
internal static class Smaller
{
    public static IEnumerable<World> Than(World world) =>
    [
        .. world.Nights.Count > 1
            ? [world with { Nights = [.. world.Nights.Skip(1)] }, world with { Nights = [.. world.Nights.SkipLast(1)] }]
            : Array.Empty<World>(),
        .. Enumerable.Range(0, world.Nights.Count)
            .SelectMany(n => Than(world.Nights[n]).Select(plan => world with { Nights = With(world.Nights, n, plan) })),
        .. world.Pairs.Count > 2
            ? [world with { Pairs = [.. world.Pairs.Take(world.Pairs.Count / 2)] },
                world with { Pairs = [.. world.Pairs.Skip(world.Pairs.Count / 2)] }]
            : Array.Empty<World>(),
    ];

    private static IEnumerable<NightPlan> Than(NightPlan plan) =>
    [
        .. Without(plan.Before).Select(e => plan with { Before = e }),
        .. Without(plan.During).Select(e => plan with { During = e }),
        .. Without(plan.After).Select(e => plan with { After = e }),
        .. plan.TimeZone != "UTC" ? [plan with { TimeZone = "UTC" }] : Array.Empty<NightPlan>(),
    ];

    private static IEnumerable<IReadOnlyList<NightEvent>> Without(IReadOnlyList<NightEvent> events) =>
        Enumerable.Range(0, events.Count).Select(n => (IReadOnlyList<NightEvent>)[.. events.Where((_, i) => i != n)]);

    private static IReadOnlyList<T> With<T>(IReadOnlyList<T> list, int at, T item) => [.. list.Select((x, i) => i == at ? item : x)];
}
