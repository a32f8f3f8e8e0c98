namespace CmEtl.Chaos.World;

/// <summary>What a run did to the rows, told by the effects that were committed.</summary>
internal sealed record Verdict
{
    /// <summary>Rows that a quiet run updates.</summary>
    public required long Rows { get; init; }

    /// <summary>Of these, those without a committed update.</summary>
    public required long Lost { get; init; }

    /// <summary>Updates of a row beyond its first.</summary>
    public required long Doubled { get; init; }

    /// <summary>Updates that were not committed together with a chunk's "done", or that it did not count.</summary>
    public required long Unaccounted { get; init; }

    /// <summary>Marks of a row beyond its first.</summary>
    public required long MarkedTwice { get; init; }

    /// <summary>Rows that are not what a quiet run makes of them.</summary>
    public required long Different { get; init; }

    public bool Clean => Lost + Doubled + Unaccounted + MarkedTwice + Different == 0;

    public static Verdict operator +(Verdict a, Verdict b) => new()
    {
        Rows = a.Rows + b.Rows, Lost = a.Lost + b.Lost, Doubled = a.Doubled + b.Doubled, Unaccounted = a.Unaccounted + b.Unaccounted,
        MarkedTwice = a.MarkedTwice + b.MarkedTwice, Different = a.Different + b.Different,
    };
}
