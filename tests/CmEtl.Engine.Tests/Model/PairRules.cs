namespace CmEtl.Engine.Tests.Model;

/// <summary>The seven rules of section 5 of the specification for one directed pair.</summary>
public sealed class PairRules
{
    private readonly bool[] results;

    public PairRules(CandidateVisit first, CandidateVisit second, Travel travel)
    {
        var (s1, v1) = (first.Scheduled, first.Actual);
        var (s2, v2) = (second.Scheduled, second.Actual);
        var bothUnset = v1.IsUnset && v2.IsUnset;
        var bothComplete = v1.IsComplete && v2.IsComplete;
        var firstOnlyPlanned = v1.IsUnset && v2.IsComplete;
        var secondOnlyPlanned = v2.IsUnset && v1.IsComplete;
        results =
        [
            bothUnset && s1.Matches(s2),
            bothComplete && v1.Matches(v2),
            (firstOnlyPlanned && s1.Matches(v2)) || (secondOnlyPlanned && s2.Matches(v1)),
            bothUnset && s1.OverlapsOnly(s2),
            bothComplete && v1.OverlapsOnly(v2),
            (firstOnlyPlanned && s1.OverlapsOnly(v2)) || (secondOnlyPlanned && s2.OverlapsOnly(v1)),

            // The ZIP test of the rule compares columns that Task 02 always sets to NULL, so it is always true here.
            bothComplete && travel.Speed is not null && travel.IsImpossible,
        ];
    }

    public bool Any => results.Contains(true);

    /// <summary>Rule 1 to 7.</summary>
    public bool this[int rule] => results[rule - 1];
}
