namespace CmEtl.Engine.Tests.Cases;

/// <summary>The choice among several addresses.</summary>
public static class AddressCases
{
    private const string Created = "Application Created UTC Timestamp";

    public static CaseList All { get; } = Create();

    private static CaseList Create()
    {
        var cases = new CaseList();
        Chosen(cases, "the newest", "Two", [City("One"), (Created, At("08:00"))], [City("Two"), (Created, At("08:00:01"))]);
        Chosen(cases, "a dated one before one without date", "One", [City("One"), (Created, At("08:00"))], [City("Two"), (Created, null)]);
        Chosen(cases, "equal dates by id", "Two", [City("One"), ("Patient Address Id", "tie-{0}-b")],
            [City("Two"), ("Patient Address Id", "tie-{0}-a")]);
        Chosen(cases, "no dates by id", "Two",
            [City("One"), (Created, null), ("Patient Address Id", "none-{0}-b")],
            [City("Two"), (Created, null), ("Patient Address Id", "none-{0}-a")]);
        Chosen(cases, "only primary ones", "One", [City("One")], [City("Two"), (Created, At("09:00")), ("Primary Address", false)]);
        Chosen(cases, "primary unknown is not primary", "One", [City("One")],
            [City("Two"), (Created, At("09:00")), ("Primary Address", null)]);
        Chosen(cases, "only with upper-case GPS", "One", [City("One")],
            [City("Two"), (Created, At("09:00")), ("Address Type", "Home, gps")]);
        Chosen(cases, "type unknown is not GPS", "One", [City("One")], [City("Two"), (Created, At("09:00")), ("Address Type", null)]);
        Chosen(cases, "GPS inside a word", "Two", [City("One")], [City("Two"), (Created, At("09:00")), ("Address Type", "xGPSx")]);
        Chosen(cases, "none fits", null, [City("One"), ("Address Type", "Home")]);
        cases.Holds("address: the chosen one has no coordinates and no older one steps in", [1],
            v => v.Address(("Latitude", 1), ("Longitude", 2), (Created, At("08:00"))).Address(City("New"), (Created, At("09:00"))), null,
            ("P_PCity", "New"), ("PLatitude", null));
        cases.Holds("address: of a patient that does not exist", [1],
            v => v.Set("Provider Patient Id", "nobody").Set("Payer Patient Id", null), null,
            ("P_PatientID", "nobody"), ("P_PName", null), ("P_PCity", null), ("PA_PatientID", null), ("PA_PCity", null));
        return cases;
    }

    private static (string, object?) City(string name) => ("City", name);

    private static DateTime At(string time) => ScenarioBuilder.At(time);

    // The same choice must be made on both sides for both kinds of patient.
    private static void Chosen(CaseList cases, string name, string? city, params (string Column, object? Value)[][] addresses)
    {
        void Arrange(VisitBuilder v, string side)
        {
            foreach (var address in addresses)
            {
                v.Address(Named(address, side + "p")).PayerAddress(Named(address, side + "q"));
            }
        }

        cases.Holds($"address: {name}", [1], v => Arrange(v, "1"), v => Arrange(v, "2"),
            ("P_PCity", city), ("ConP_PCity", city), ("PA_PCity", city), ("ConPA_PCity", city), ("PCity", null), ("ConPCity", null));
    }

    private static (string, object?)[] Named((string Column, object? Value)[] address, string use) =>
        [.. address.Select(pair =>
            (pair.Column, pair.Value is string text ? text.Replace("{0}", use, StringComparison.Ordinal) : pair.Value))];
}
