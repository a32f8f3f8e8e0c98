using CmEtl.Chaos.Nights.Events;
using CmEtl.Chaos.Network;

namespace CmEtl.Chaos.Nights;

/// <summary>When an event may happen.</summary>
[Flags]
internal enum EventTime
{
    Before = 1,
    During = 2,
    After = 4,
    Anytime = Before | During,
}

/// <summary>A kind of event.</summary>
/// <param name="Name">How it is called in worlds and reports.</param>
/// <param name="Weight">How often it is drawn, compared with the others.</param>
/// <param name="Times">When it may happen.</param>
/// <param name="Action">What it does; the connection is the one that came to the event's point.</param>
internal sealed record EventKind(string Name, int Weight, EventTime Times, Func<Night, NightEvent, ProxiedConnection?, Task> Action)
{
    public EventKind(string name, int weight, EventTime times, Func<Night, NightEvent, Task> action)
        : this(name, weight, times, (night, e, _) => action(night, e))
    {
    }
}

/// <summary>Everything that can happen to a night.</summary>
internal static class EventCatalog
{
    public static IReadOnlyList<EventKind> All { get; } =
        [.. LoaderEvents.All, .. ApplicationEvents.All, .. SchemaEvents.All, .. SettingEvents.All, .. OperatorEvents.All,
            .. ConnectionEvents.All];

    /// <summary>What concerns every world of a server: such a world has a server of its own for as long as it lasts.</summary>
    public static IReadOnlyList<EventKind> Harsh { get; } = [.. ConnectionEvents.Harsh];

    private static readonly Dictionary<string, EventKind> ByName = All.Concat(Harsh).ToDictionary(e => e.Name, StringComparer.Ordinal);

    public static EventKind Get(string name) => ByName[name];
}
