namespace CmEtl.Engine.Tests.Model;

/// <summary>Section 4 of the specification: gap, distance, speed and travel time between the two visits.</summary>
public sealed record Travel
{
    public TimeSpan? FirstToSecond { get; private init; }

    public TimeSpan? SecondToFirst { get; private init; }

    public decimal? Miles { get; private init; }

    public decimal? Speed { get; private init; }

    public decimal? Minutes { get; private init; }

    /// <summary>The smallest positive gap in minutes, or 0.</summary>
    public decimal Gap => new[] { FirstToSecond, SecondToFirst }
        .Where(gap => gap > TimeSpan.Zero)
        .Select(gap => (decimal)gap!.Value.Ticks / TimeSpan.TicksPerMinute)
        .DefaultIfEmpty(0m)
        .Min();

    /// <summary>Whether one of the two gaps is positive and shorter than the travel time.</summary>
    public bool IsImpossible => TooShort(FirstToSecond) || TooShort(SecondToFirst);

    public static Travel Between(CandidateVisit first, CandidateVisit second, double? multiplier, SpeedBands bands)
    {
        decimal? miles = first.PlaceAsBase is { } from && second.PlaceAsConflicting is { } to && multiplier is { } factor
            ? from.MilesTo(to, factor)
            : null;
        var speed = bands.SpeedFor(miles);

        // Divided first, as in the specification: a non-terminating quotient decides ties at the third decimal.
        return new Travel
        {
            FirstToSecond = first.Actual.GapTo(second.Actual),
            SecondToFirst = second.Actual.GapTo(first.Actual),
            Miles = miles,
            Speed = speed,
            Minutes = speed is null or 0 ? null : decimal.Round(miles!.Value / speed.Value * 60, 2, MidpointRounding.AwayFromZero),
        };
    }

    private bool TooShort(TimeSpan? gap) => gap > TimeSpan.Zero && Minutes * TimeSpan.TicksPerMinute > gap.Value.Ticks;
}
