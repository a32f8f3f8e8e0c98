using CmEtl.Engine.Tests.Model;

namespace CmEtl.Engine.Tests.Cases;

/// <summary>Results that depend on the stored row: flags, status, mark, deferral, window.</summary>
public static class MergeCases
{
    public static CaseList All { get; } = Create();

    private static CaseList Create()
    {
        var cases = new CaseList();
        foreach (var flag in Rules.Flags)
        {
            foreach (var stored in new[] { "Y", "X", "n", "", null })
            {
                cases.Row($"{flag} stored as {Shown(stored)} is kept", r => r.Set(flag, stored), Outcome.Confirmed, (flag, stored));
            }
        }

        foreach (var (stored, after) in new[]
        {
            ("U", "U"), ("R", "U"), ("D", "U"), ("N", "U"), ("W", "W"), ("I", "I"), (null, null), ("X", "U"), ("w", "U"), ("", "U"),
        })
        {
            cases.Row($"status {Shown(stored)} becomes {Shown(after)}", r => r.Set("StatusFlag", stored), Outcome.Confirmed,
                ("StatusFlag", after), ("ResolveDate", null), ("ResolvedBy", "old"), ("UpdateFlag", null));
            cases.Add(
                $"status {Shown(stored)} of a vanished pair stays",
                w => w.PairAsync(v => v.Scheduled("11:00", "12:00"), null, r => r.Set("StatusFlag", stored)),
                Outcome.Unconfirmed, ("StatusFlag", stored), ("ResolveDate", ScenarioBuilder.At("00:00")));
        }

        foreach (var column in new[]
        {
            "InserviceStartDate", "InserviceEndDate", "PTOStartDate", "PTOEndDate",
            "ConInserviceStartDate", "ConInserviceEndDate", "ConPTOStartDate", "ConPTOEndDate",
        })
        {
            cases.Row($"a row with {column} is deferred", r => r.Set(column, ScenarioBuilder.At("09:00")), Outcome.Deferred,
                [.. Rules.Only(), ("PName", "old"), ("StatusFlag", "U"), ("UpdateFlag", 1)]);
        }

        var window = ScenarioBuilder.Window;
        cases.Row("a row already marked is confirmed", r => r.Set("UpdateFlag", 1), Outcome.Confirmed, ("UpdateFlag", null));
        cases.Row("a row never updated is confirmed", r => r.Set("UpdatedDate", null), Outcome.Confirmed, ("SameSchTimeFlag", "Y"));
        cases.Row("a row without CONFLICTID is untouched", r => r.Set("CONFLICTID", null), Outcome.Untouched, ("UpdateFlag", null),
            ("PName", "old"));
        cases.Row("a row without visit date is untouched", r => r.Set("VisitDate", null), Outcome.Untouched, ("UpdateFlag", null));
        cases.Row("a marked row before the window is untouched", r => r.Set("VisitDate", window.From.AddDays(-1)).Set("UpdateFlag", 1),
            Outcome.Untouched, ("UpdateFlag", 1), ("SameSchTimeFlag", "N"));
        cases.Row("a row after the window is untouched", r => r.Set("VisitDate", window.To.AddDays(1)), Outcome.Untouched,
            ("UpdateFlag", null));
        cases.Row("a row on the first day moves to its visit's day", r => r.Set("VisitDate", window.From), Outcome.Confirmed,
            ("VisitDate", ScenarioBuilder.Day));
        cases.Row("a row on the last day moves to its visit's day", r => r.Set("VisitDate", window.To), Outcome.Confirmed,
            ("VisitDate", ScenarioBuilder.Day));
        cases.Row("a row without number of its caregiver gets one", r => r.Set("SSN", null), Outcome.Confirmed,
            ("SSN", ScenarioBuilder.Ssn));
        cases.Row("a row with another caregiver's number is corrected", r => r.Set("SSN", "000-00-0009"), Outcome.Confirmed,
            ("SSN", ScenarioBuilder.Ssn), ("AideSSN", ScenarioBuilder.Ssn), ("ConAideSSN", ScenarioBuilder.Ssn));
        cases.Row("a row of another state of identity keeps it", r => r.Set("CONFLICTID", 77).Set("GroupID", 5), Outcome.Confirmed,
            ("CONFLICTID", 77), ("GroupID", 5), ("InServiceFlag", "N"), ("PTOFlag", "N"));
        cases.Row("a row without conflicting visit is unconfirmed", r => r.Set("ConVisitID", null), Outcome.Unconfirmed, Rules.Only());
        cases.Row("a row without base visit is unconfirmed", r => r.Set("VisitID", null), Outcome.Unconfirmed, Rules.Only());
        cases.Row("a row of a vanished visit is unconfirmed", r => r.Set("ConVisitID", "gone"), Outcome.Unconfirmed,
            ("ConVisitID", "gone"));
        cases.Row("a row of one visit with itself is unconfirmed", r => r.Set("ConVisitID", r.Columns["VisitID"]), Outcome.Unconfirmed,
            Rules.Only());
        return cases;
    }

    private static string Shown(string? value) => value is null ? "NULL" : $"'{value}'";
}
