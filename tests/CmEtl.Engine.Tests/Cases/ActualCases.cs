namespace CmEtl.Engine.Tests.Cases;

/// <summary>Rules 2, 3, 5 and 6: visits that took place, compared with each other and with schedules.</summary>
public static class ActualCases
{
    public static CaseList All { get; } = Create();

    private static CaseList Create()
    {
        var cases = new CaseList();
        Both(cases, "equal", 2, "09:00", "11:00", "09:00", "11:00");
        Both(cases, "overlapping by one second", 5, "09:00", "11:00:01", "11:00", "12:00");
        Both(cases, "overlapping by one second, second earlier", 5, "11:00", "12:00", "09:00", "11:00:01");
        Both(cases, "equal but for one second", 5, "09:00", "11:00", "09:00", "11:00:01");
        Both(cases, "across midnight, same visit date", 5, "23:00", "25:00", "24:59", "26:00");
        Both(cases, "touching", 0, "09:00", "11:00", "11:00", "12:00");
        Both(cases, "touching, second earlier", 0, "11:00", "12:00", "09:00", "11:00");
        Both(cases, "second without end", 0, "09:00", "11:00", "09:00", null);
        Both(cases, "first without end", 0, "09:00", null, "09:00", "11:00");
        Both(cases, "both without end", 0, "09:00", null, "09:00", null);
        Both(cases, "both without start", 0, null, "11:00", null, "11:00");
        OneSided(cases, "equal", 3, "08:00", "10:00");
        OneSided(cases, "overlapping by one second at the end", 6, "09:59:59", "11:00");
        OneSided(cases, "overlapping by one second at the start", 6, "07:00", "08:00:01");
        OneSided(cases, "longer by one second", 6, "08:00", "10:00:01");
        OneSided(cases, "touching", 0, "10:00", "12:00");
        OneSided(cases, "touching before", 0, "06:00", "08:00");
        OneSided(cases, "clocked in only", 0, "08:00", null);
        cases.Fails("plan without end against an actual visit", v => v.Scheduled("08:00", null), v => v.Actual("08:00", "10:00"));
        cases.Fails("plan without times against an actual visit", v => v.Scheduled(null, null), v => v.Actual("08:00", "10:00"));
        cases.Holds("the plan of a visit that took place does not count", [3],
            v => v.Scheduled("08:00", "10:00"), v => v.Scheduled("15:00", "16:00").Actual("08:00", "10:00"));
        cases.Holds("actual times are stored", [5], v => v.Actual("09:00", "11:00"), v => v.Actual("10:00", "12:00"),
            ("VisitStartTime", ScenarioBuilder.At("09:00")), ("VisitEndTime", ScenarioBuilder.At("11:00")),
            ("ConVisitStartTime", ScenarioBuilder.At("10:00")), ("ConVisitEndTime", ScenarioBuilder.At("12:00")),
            ("MinuteDiffBetweenSch", 0));
        cases.Holds("call times are stored as EVV", [1],
            v => v.Set("Call In Time", ScenarioBuilder.At("08:01")).Set("Call Out Time", ScenarioBuilder.At("09:59")), null,
            ("EVVStartTime", ScenarioBuilder.At("08:01")), ("EVVEndTime", ScenarioBuilder.At("09:59")), ("ConEVVStartTime", null));
        return cases;
    }

    private static void Both(CaseList cases, string name, int rule, string? start1, string? end1, string? start2, string? end2) =>
        Add(cases, $"actual visits: {name}", rule, v => v.Actual(start1, end1), v => v.Actual(start2, end2));

    // Each rule has two directions. The schedule 08:00 to 10:00 is on one side, then on the other.
    private static void OneSided(CaseList cases, string name, int rule, string? start, string? end)
    {
        Add(cases, $"plan against actual: {name}", rule, null, v => v.Actual(start, end));
        Add(cases, $"actual against plan: {name}", rule, v => v.Actual(start, end), null);
    }

    private static void Add(CaseList cases, string name, int rule, Action<VisitBuilder>? first, Action<VisitBuilder>? second)
    {
        if (rule > 0)
        {
            cases.Holds(name, [rule], first, second);
        }
        else
        {
            cases.Fails(name, first, second);
        }
    }
}
