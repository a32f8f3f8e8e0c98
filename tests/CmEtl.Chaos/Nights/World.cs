using CmEtl.Engine;

namespace CmEtl.Chaos.Nights;

/// <summary>How the two visits of a pair relate to each other in time.</summary>
internal enum PairShape
{
    Planned,
    PlannedOverlap,
    Worked,
    WorkedOverlap,
    PlannedWorked,
    Travelled,
    Apart,
    ClockedIn,
    NoVisit,
}

/// <summary>Two visits, and their stored row or both of their rows.</summary>
/// <param name="Day">Date of the visits, in days from today.</param>
/// <param name="Person">The caregiver, and so the SSN.</param>
/// <param name="Shape">How the visits relate to each other in time.</param>
/// <param name="Status">The row's StatusFlag.</param>
/// <param name="Marked">Whether an earlier night has left the row marked.</param>
/// <param name="Deferred">Whether the row belongs to a later task.</param>
/// <param name="Mirrored">Whether the opposite direction is stored too.</param>
internal sealed record PairSpec(int Day, int Person, PairShape Shape, string Status, bool Marked, bool Deferred, bool Mirrored)
{
    public override string ToString() =>
        $"day {Day} person {Person} {Shape} {Status}{(Marked ? " marked" : "")}{(Deferred ? " deferred" : "")}{(Mirrored ? " mirrored" : "")}";
}

/// <summary>An event in a night.</summary>
/// <param name="Kind">The name of an event in <see cref="EventCatalog"/>.</param>
/// <param name="Point">When it happens, by the name of a <see cref="Faults.PausePoint"/>; empty before or after the night.</param>
/// <param name="Skip">How often the point is passed before the event happens.</param>
/// <param name="Choice">Selects a variant of the event.</param>
/// <param name="Milliseconds">Its duration.</param>
internal sealed record NightEvent(string Kind, string Point, int Skip, int Choice, int Milliseconds)
{
    public override string ToString() => $"{Kind}({Choice}) {(Point.Length == 0 ? "" : $"at {Point} +{Skip} ")}for {Milliseconds} ms";
}

/// <summary>One night: the events before, during and after it.</summary>
internal sealed record NightPlan(
    string TimeZone, int AgedHours, bool New, IReadOnlyList<NightEvent> Before, IReadOnlyList<NightEvent> During,
    IReadOnlyList<NightEvent> After)
{
    public int Events => Before.Count + During.Count + After.Count;

    public override string ToString() =>
        $"{TimeZone}, {AgedHours} h later{(New ? ", anew" : "")}; before: [{string.Join(", ", Before)}]; during: [{string.Join(", ", During)}]; after: [{string.Join(", ", After)}]";
}

/// <summary>A few dozen pairs, and several nights on them in a row.</summary>
internal sealed record World(IReadOnlyList<PairSpec> Pairs, MarkMode MarkMode, bool SkipUnchanged, bool Delta, bool Partitioned,
    IReadOnlyList<NightPlan> Nights)
{
    /// <summary>Whether it contains an event that affects every world of a server.</summary>
    public bool Harsh => Nights.Any(n => n.During.Any(e => EventCatalog.Harsh.Any(h => h.Name == e.Kind)));

    public override string ToString() => string.Join(
        Environment.NewLine,
        [
            $"{MarkMode}{(SkipUnchanged ? ", skip_unchanged" : "")}{(Delta ? ", delta" : "")}{(Partitioned ? ", visits partitioned" : "")}",
            $"  pairs: {string.Join("; ", Pairs)}",
            .. Nights.Select((n, i) => $"  night {i}: {n}"),
        ]);
}
