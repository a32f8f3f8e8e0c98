namespace CmEtl.Engine.Tests.Cases;

/// <summary>The place of a visit: the precedence of positions on each side, and every kind of GPS text.</summary>
public static class GpsCases
{
    public static CaseList All { get; } = Create();

    private static CaseList Create()
    {
        var cases = new CaseList();
        foreach (var sample in GpsTextSample.All)
        {
            var shown = sample.Text is null ? "NULL" : $"[{sample.Text}]";
            var place = (sample.Latitude ?? "11.5", sample.Longitude ?? "12.5");
            cases.Holds($"call-out text {shown} of the base visit", [1],
                v => v.GpsOut(sample.Text).GpsIn("11.5,12.5"), null, ("PLatitude", place.Item1), ("PLongitude", place.Item2));
            cases.Holds($"call-in text {shown} of the conflicting visit", [1],
                null, v => v.GpsIn(sample.Text).GpsOut("11.5,12.5"), ("ConPLatitude", place.Item1), ("ConPLongitude", place.Item2));
        }

        cases.Holds("base visit prefers call-out, conflicting visit call-in", [1],
            v => v.GpsIn("1,2").GpsOut("3,4"), v => v.GpsIn("5,6").GpsOut("7,8"),
            ("PLatitude", "3"), ("PLongitude", "4"), ("ConPLatitude", "5"), ("ConPLongitude", "6"));
        cases.Holds("second choice is the other call", [1],
            v => v.GpsIn("1,2").GpsOut(","), v => v.GpsIn(null).GpsOut("7,8"),
            ("PLatitude", "1"), ("PLongitude", "2"), ("ConPLatitude", "7"), ("ConPLongitude", "8"));
        cases.Holds("third choice is the provider patient's address", [1],
            v => v.GpsIn("x").GpsOut("y").Address(("Latitude", 40.70m), ("Longitude", -74.00m)),
            v => v.Address(("Latitude", -0.00001m), ("Longitude", 0)),
            ("PLatitude", "40.7"), ("PLongitude", "-74"), ("ConPLatitude", "-1e-05"), ("ConPLongitude", "0"));
        cases.Holds("the payer patient's address is never a place", [1],
            v => v.PayerAddress(("Latitude", 40.70m), ("Longitude", -74.00m)), null, ("PLatitude", null), ("PLongitude", null));
        cases.Holds("an address with one coordinate is no place", [1],
            v => v.Address(("Latitude", 40.70m), ("Longitude", null)), v => v.Address(("Latitude", null), ("Longitude", 1)),
            ("PLatitude", null), ("PLongitude", null), ("ConPLatitude", null), ("ConPLongitude", null));
        cases.Holds("an address out of range is no place", [1],
            v => v.Address(("Latitude", 90.00000001m), ("Longitude", 0)), v => v.Address(("Latitude", 0), ("Longitude", -180.00000001m)),
            ("PLatitude", null), ("ConPLongitude", null));
        return cases;
    }
}
