namespace CmEtl.Engine.Tests.Cases;

/// <summary>The nine columns whose source is wider than their target: values are truncated and cause no error.</summary>
public static class WidthCases
{
    public static CaseList All { get; } = Create();

    private static CaseList Create()
    {
        var cases = new CaseList();
        Cut(cases, "ProviderName", 100, Own(Dimension.Provider, "Provider Name"), true);
        Cut(cases, "ConProviderName", 100, Own(Dimension.Provider, "Provider Name"), false);
        Cut(cases, "Contract", 50, PayerlessContract, true);
        Cut(cases, "ConContract", 50, PayerlessContract, false);
        Cut(cases, "LastUpdatedBy", 100, Own(Dimension.User, "User Fullname"), true);
        Cut(cases, "ConLastUpdatedBy", 100, Own(Dimension.User, "User Fullname"), false);
        Cut(cases, "EVVType", 20, (v, text) => v.Set("Call Out Device Type", text), true);
        Cut(cases, "ConEVVType", 20, (v, text) => v.Set("Call Out Device Type", text), false);
        Cut(cases, "ConAideStatus", 20, Own(Dimension.Caregiver, "Status"), false);
        cases.Holds("AideStatus is wide enough", [1], v => v.With(Dimension.Caregiver, "Status", Letters(50)), null,
            ("AideStatus", Letters(50)));
        return cases;
    }

    private static Action<VisitBuilder, string> Own(Dimension dimension, string column) => (v, text) => v.With(dimension, column, text);

    private static void PayerlessContract(VisitBuilder v, string text) =>
        v.Set("Payer Id", null).With(Dimension.Contract, "Contract Name", text);

    private static void Cut(CaseList cases, string column, int width, Action<VisitBuilder, string> set, bool first)
    {
        void Case(string name, string text, string stored) => cases.Holds($"{column}: {name}", [1],
            first ? v => set(v, text) : null, first ? null : v => set(v, text), (column, stored));

        Case("as wide as the column", Letters(width), Letters(width));
        Case("one character too long", Letters(width + 1), Letters(width));
        Case("ends in a space where it is cut", Letters(width - 1) + " tail", Letters(width - 1) + " ");

        // One character in PostgreSQL, two in .NET, four bytes.
        var wide = string.Concat(Enumerable.Repeat("\U0001F3E0", width));
        Case("characters outside the basic plane", wide, wide);
        Case("characters outside the basic plane, too long", wide + "x", wide);
    }

    private static string Letters(int length) => string.Concat(Enumerable.Range(0, length).Select(i => (char)('a' + (i % 26))));
}
