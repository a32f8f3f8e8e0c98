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
/// <param name="Name">Name in worlds and reports.</param>
/// <param name="Weight">Relative frequency.</param>
/// <param name="Times">When it may happen.</param>
/// <param name="Action">Its effect. The connection is the one that reached the event's point.</param>
internal sealed record EventKind(string Name, int Weight, EventTime Times, Func<Night, NightEvent, ProxiedConnection?, Task> Action)
{
    public EventKind(string name, int weight, EventTime times, Func<Night, NightEvent, Task> action)
        : this(name, weight, times, (night, e, _) => action(night, e))
    {
    }
}

/// <summary>All kinds of events of a night.</summary>
internal static class EventCatalog
{
    public static IReadOnlyList<EventKind> All { get; } =
        [.. LoaderEvents.All, .. ApplicationEvents.All, .. SchemaEvents.All, .. SettingEvents.All, .. OperatorEvents.All,
            .. ConnectionEvents.All];

    /// <summary>Events that affect every world of a server. Such a world gets a server of its own.</summary>
    public static IReadOnlyList<EventKind> Harsh { get; } = [.. ConnectionEvents.Harsh];

    private static readonly Dictionary<string, EventKind> ByName = All.Concat(Harsh).ToDictionary(e => e.Name, StringComparer.Ordinal);

    public static EventKind Get(string name) => ByName[name];
}
