namespace CmEtl.Engine.Tests.Cases;

/// <summary>Rules 1 and 4: two visits that have not started.</summary>
public static class ScheduleCases
{
    public static CaseList All { get; } = Create();

    private static CaseList Create()
    {
        var cases = new CaseList();
        Planned(cases, "equal", [1], "08:00", "10:00", "08:00", "10:00");
        Planned(cases, "equal across midnight", [1], "22:00", "26:00", "22:00", "26:00");
        Planned(cases, "equal and without length", [1], "08:00", "08:00", "08:00", "08:00");
        Planned(cases, "overlapping by one second", [4], "08:00", "10:00:01", "10:00", "12:00");
        Planned(cases, "overlapping by one second, second earlier", [4], "10:00", "12:00", "08:00", "10:00:01");
        Planned(cases, "equal but for one second at the end", [4], "08:00", "10:00", "08:00", "10:00:01");
        Planned(cases, "equal but for one second at the start", [4], "08:00:01", "10:00", "08:00", "10:00");
        Planned(cases, "one inside the other", [4], "08:00", "12:00", "09:00", "10:00");
        Planned(cases, "across midnight, same visit date", [4], "22:00", "26:00", "25:00", "27:00");
        Planned(cases, "touching", [], "08:00", "10:00", "10:00", "12:00");
        Planned(cases, "touching, second earlier", [], "10:00", "12:00", "08:00", "10:00");
        Planned(cases, "one second apart", [], "08:00", "10:00", "10:00:01", "12:00");
        Planned(cases, "no times at all", [], null, null, null, null);
        Planned(cases, "equal starts, no ends", [], "08:00", null, "08:00", null);
        Planned(cases, "equal ends, no starts", [], null, "10:00", null, "10:00");
        Planned(cases, "equal starts, one end missing", [], "08:00", "10:00", "08:00", null);
        Planned(cases, "one without times", [], "08:00", "10:00", null, null);
        cases.Fails("schedules overlap across midnight but visit dates differ",
            v => v.Scheduled("22:00", "26:00"),
            v => v.Scheduled("25:00", "27:00").Set("Visit Date", ScenarioBuilder.Day.AddDays(1)));
        cases.Fails("schedules equal but the first is clocked in", v => v.ClockedIn("08:05"), null);
        cases.Fails("schedules equal but the second is clocked in", null, v => v.ClockedIn("08:05"));
        cases.Fails("schedules equal but the first only has an end", v => v.Actual(null, "10:00"), null);
        cases.Holds("missed visits are compared", [1], v => v.Set("Is Missed", true), null, ("IsMissed", true), ("ConIsMissed", false));
        cases.Holds("visits without scheduled zone shift", [1], null, null,
            ("SchStartTime", ScenarioBuilder.At("08:00")), ("SchEndTime", ScenarioBuilder.At("10:00")),
            ("ConSchStartTime", ScenarioBuilder.At("08:00")), ("ConSchEndTime", ScenarioBuilder.At("10:00")),
            ("VisitStartTime", null), ("ConVisitEndTime", null), ("MinuteDiffBetweenSch", 0));
        return cases;
    }

    private static void Planned(CaseList cases, string name, int[] rules, string? start1, string? end1, string? start2, string? end2)
    {
        void First(VisitBuilder v) => v.Scheduled(start1, end1);
        void Second(VisitBuilder v) => v.Scheduled(start2, end2);
        if (rules.Length > 0)
        {
            cases.Holds($"schedules: {name}", rules, First, Second);
        }
        else
        {
            cases.Fails($"schedules: {name}", First, Second);
        }
    }
}
