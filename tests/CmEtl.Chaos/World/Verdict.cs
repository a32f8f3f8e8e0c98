namespace CmEtl.Chaos.World;

/// <summary>The effect of a run on the rows, derived from the committed updates.</summary>
internal sealed record Verdict
{
    /// <summary>Rows that a run without faults updates.</summary>
    public required long Rows { get; init; }

    /// <summary>Of these, rows without a committed update.</summary>
    public required long Lost { get; init; }

    /// <summary>Updates of a row beyond its first.</summary>
    public required long Doubled { get; init; }

    /// <summary>Updates that were not committed together with the chunk's "done", or that the chunk did not count.</summary>
    public required long Unaccounted { get; init; }

    /// <summary>Marks of a row beyond its first.</summary>
    public required long MarkedTwice { get; init; }

    /// <summary>Rows that differ from the result of a run without faults.</summary>
    public required long Different { get; init; }

    public bool Clean => Lost + Doubled + Unaccounted + MarkedTwice + Different == 0;

    public static Verdict operator +(Verdict a, Verdict b) => new()
    {
        Rows = a.Rows + b.Rows, Lost = a.Lost + b.Lost, Doubled = a.Doubled + b.Doubled, Unaccounted = a.Unaccounted + b.Unaccounted,
        MarkedTwice = a.MarkedTwice + b.MarkedTwice, Different = a.Different + b.Different,
    };
}
