namespace CmEtl.Engine.Tests.Model;

/// <summary>A scheduled or actual interval of a visit. Either end may be unknown.</summary>
public readonly record struct TimeRange(DateTime? Start, DateTime? End)
{
    public bool IsUnset => Start is null && End is null;

    public bool IsComplete => Start is not null && End is not null;

    /// <summary>Whether both ends are equal. An unknown end equals nothing.</summary>
    public bool Matches(TimeRange other) => IsComplete && other.IsComplete && Start == other.Start && End == other.End;

    /// <summary>Whether the intervals overlap. Touching intervals do not, and unknown ends do not.</summary>
    public bool Overlaps(TimeRange other) => Start < other.End && End > other.Start;

    public bool OverlapsOnly(TimeRange other) => Overlaps(other) && !Matches(other);

    /// <summary>Time from the end of this interval to the start of the next. Negative when they overlap.</summary>
    public TimeSpan? GapTo(TimeRange next) => next.Start - End;
}
