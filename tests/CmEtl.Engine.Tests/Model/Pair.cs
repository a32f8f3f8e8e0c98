namespace CmEtl.Engine.Tests.Model;

/// <summary>A stored row that was confirmed, and everything needed to compute its new columns.</summary>
public sealed record Pair(Row Stored, CandidateVisit First, CandidateVisit Second, Travel Travel, PairRules Rules)
{
    /// <summary>The emitted pair of a stored row, or null when section 4 or 5 drops it.</summary>
    public static Pair? Match(Row stored, AnalyticsData analytics, double? multiplier, SpeedBands bands)
    {
        var first = analytics.Find(stored.Text("VisitID"));
        var second = analytics.Find(stored.Text("ConVisitID"));
        if (first is null || second is null
            || first.Id == second.Id || first.Day != second.Day || first.Ssn != second.Ssn || first.ProviderId == second.ProviderId)
        {
            return null;
        }

        var travel = Travel.Between(first, second, multiplier, bands);
        var rules = new PairRules(first, second, travel);
        return rules.Any ? new Pair(stored, first, second, travel, rules) : null;
    }
}
