using CmEtl.Engine.Tests.Model;

namespace CmEtl.Engine.Tests.Cases;

/// <summary>Which visits are compared at all.</summary>
public static class FilterCases
{
    public static CaseList All { get; } = Create();

    private static CaseList Create()
    {
        var cases = new CaseList();
        Provider(cases, "inactive", "Is Active", false);
        Provider(cases, "activity unknown", "Is Active", null);
        Provider(cases, "demo", "Is Demo", true);
        Provider(cases, "demo unknown", "Is Demo", null);
        Caregiver(cases, "without number", null);
        Caregiver(cases, "with empty number", "");
        Caregiver(cases, "with blank number", "   ");
        Caregiver(cases, "with another number", "000-00-0002");
        cases.Holds("padded number is the same number", [1],
            v => v.With(Dimension.Caregiver, "SSN", $"  {ScenarioBuilder.Ssn} "),
            v => v.With(Dimension.Caregiver, "SSN", $"{ScenarioBuilder.Ssn}  "),
            ("SSN", ScenarioBuilder.Ssn), ("AideSSN", ScenarioBuilder.Ssn), ("ConAideSSN", ScenarioBuilder.Ssn));
        foreach (var column in new[] { "Provider Id", "Caregiver Id" })
        {
            cases.Fails($"first visit without {column}", v => v.Set(column, null), null);
            cases.Fails($"second visit with an unknown {column}", null, v => v.Set(column, "unknown"));
        }

        cases.Fails("two visits of one provider", null, v => v.Set("Provider Id", ScenarioBuilder.OrdinaryId(Dimension.Provider, 1)));
        cases.Fails("visit dates differ", null, v => v.Set("Visit Date", ScenarioBuilder.Day.AddDays(-1)));
        cases.Fails("visits without date", v => v.Set("Visit Date", null), v => v.Set("Visit Date", null));
        Dated(cases, "both visits on the first day of the window", ScenarioBuilder.Window.From, true);
        Dated(cases, "both visits on the last day of the window", ScenarioBuilder.Window.To, true);
        Dated(cases, "both visits before the window", ScenarioBuilder.Window.From.AddDays(-1), false);
        Dated(cases, "both visits after the window", ScenarioBuilder.Window.To.AddDays(1), false);

        Excluded(cases, "agency excluded, first visit", 1, Outcome.Unconfirmed);
        Excluded(cases, "agency excluded, second visit", 2, Outcome.Unconfirmed);
        cases.Add("an excluded agency without id excludes nobody", async w =>
        {
            await w.InsertAsync("excluded_agency", ("ID", w.NextNumber()), ("AgencyName", "nobody"), ("ProviderID", null));
            return await w.PairAsync();
        }, Outcome.Confirmed, Rules.Only(1));
        ExcludedNumber(cases, "excluded number", "000-00-0101", "000-00-0101", Outcome.Unconfirmed);
        ExcludedNumber(cases, "excluded number, padded", "000-00-0102", "  000-00-0102 ", Outcome.Unconfirmed);
        ExcludedNumber(cases, "excluded number, caregiver padded", " 000-00-0103 ", "000-00-0103", Outcome.Unconfirmed);
        ExcludedNumber(cases, "excluded number of somebody else", "000-00-0104", "000-00-0105", Outcome.Confirmed);
        ExcludedNumber(cases, "excluded NULL", "000-00-0106", null, Outcome.Confirmed);
        return cases;
    }

    private static void Provider(CaseList cases, string name, string column, object? value)
    {
        cases.Fails($"first provider {name}", v => v.With(Dimension.Provider, column, value), null);
        cases.Fails($"second provider {name}", null, v => v.With(Dimension.Provider, column, value));
    }

    private static void Caregiver(CaseList cases, string name, string? number)
    {
        cases.Fails($"first caregiver {name}", v => v.With(Dimension.Caregiver, "SSN", number), null);
        cases.Fails($"second caregiver {name}", null, v => v.With(Dimension.Caregiver, "SSN", number));
    }

    private static void Dated(CaseList cases, string name, DateOnly day, bool holds)
    {
        void Configure(VisitBuilder v) => v.Set("Visit Date", day);
        if (holds)
        {
            cases.Holds(name, [1], Configure, Configure, ("VisitDate", day));
        }
        else
        {
            cases.Fails(name, Configure, Configure);
        }
    }

    private static void Excluded(CaseList cases, string name, int side, Outcome outcome) => cases.Add(name, async w =>
    {
        var pair = await w.PairAsync(Own(1), Own(2));
        await w.InsertAsync("excluded_agency", ("ID", w.NextNumber()),
            ("ProviderID", await w.ProviderOfAsync(side == 1 ? pair.FirstVisit : pair.SecondVisit)));
        return pair;

        Action<VisitBuilder>? Own(int of) => of == side ? v => v.With(Dimension.Provider, "Provider Name", "Excluded") : null;
    }, outcome, Rules.Only());

    private static void ExcludedNumber(CaseList cases, string name, string number, string? excluded, Outcome outcome) =>
        cases.Add(name, async w =>
    {
        await w.InsertAsync("excluded_ssn", ("ID", w.NextNumber()), ("SSN", excluded));
        return await w.PairAsync(v => v.With(Dimension.Caregiver, "SSN", number), v => v.With(Dimension.Caregiver, "SSN", number));
    }, outcome, Rules.Only(outcome == Outcome.Confirmed ? [1] : []));
}
