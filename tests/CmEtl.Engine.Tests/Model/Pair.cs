namespace CmEtl.Engine.Tests.Model;

/// <summary>A confirmed row, and everything needed to compute its new columns.</summary>
public sealed record Pair(Row Stored, CandidateVisit First, CandidateVisit Second, Travel Travel, PairRules Rules)
{
    /// <summary>The pair that results from a stored row, or null when section 4 or 5 of the specification excludes it.</summary>
    public static Pair? Match(Row stored, AnalyticsData analytics, double? multiplier, SpeedBands bands)
    {
        var first = analytics.Find(stored.Text("VisitID"));
        var second = analytics.Find(stored.Text("ConVisitID"));
        if (first is null || second is null || first.Day is null || first.Day != second.Day || !AreComparable(first, second))
        {
            return null;
        }

        var travel = Travel.Between(first, second, multiplier, bands);
        var rules = new PairRules(first, second, travel);
        return rules.Any ? new Pair(stored, first, second, travel, rules) : null;
    }

    /// <summary>Whether an unusable value may be the reason that the stored row has no pair.</summary>
    public static bool IsDoubtful(Row stored, AnalyticsData analytics)
    {
        var first = analytics.Find(stored.Text("VisitID"));
        var second = analytics.Find(stored.Text("ConVisitID"));
        if (first is null || second is null || !AreComparable(first, second)
            || (first.Day is { } one && second.Day is { } other && one != other))
        {
            return false;
        }

        var gaps = new[] { first.Actual.GapTo(second.Actual), second.Actual.GapTo(first.Actual) };
        return first.HasDoubtfulTimes || second.HasDoubtfulTimes
            || ((first.HasDoubtfulPlace || second.HasDoubtfulPlace)
                && first.Actual.IsComplete && second.Actual.IsComplete && gaps.Any(gap => gap > TimeSpan.Zero));
    }

    private static bool AreComparable(CandidateVisit first, CandidateVisit second) =>
        first.Id != second.Id && first.Ssn == second.Ssn && first.ProviderId != second.ProviderId;
}
