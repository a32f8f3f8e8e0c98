namespace CmEtl.Engine.Tests.Cases;

/// <summary>Values that a column can hold and no rule can use. They count as missing, and the rest of the key is processed.</summary>
public static class UnusableCases
{
    /// <summary>Valid times of PostgreSQL that are outside the years 1 to 9999.</summary>
    public static string[] Times { get; } = ["infinity", "-infinity", "0044-03-15 12:00 BC", "10000-01-01 00:00", "294276-12-31 23:59"];

    public static CaseList All { get; } = Create();

    private static CaseList Create()
    {
        var cases = new CaseList();
        foreach (var time in Times)
        {
            cases.Fails($"scheduled start {time}", v => v.Set("Scheduled Start Time", time), null);
            cases.Fails($"scheduled end {time} of both", v => v.Set("Scheduled End Time", time), v => v.Set("Scheduled End Time", time));
            cases.Fails($"actual end {time}", v => v.Actual("08:00", null).Set("Visit End Time", time), v => v.Actual("08:00", "10:00"));
            cases.Holds($"both actual times {time}", [1], v => v.Set("Visit Start Time", time).Set("Visit End Time", time), null,
                ("VisitStartTime", null), ("VisitEndTime", null), ("MinuteDiffBetweenSch", 0));
            cases.Holds($"scheduled times {time} of two visits that were made", [2],
                v => v.Actual("08:00", "10:00").Set("Scheduled Start Time", time).Set("Scheduled End Time", time), v => v.Actual("08:00", "10:00"),
                ("SchStartTime", null), ("SchEndTime", null), ("ConSchStartTime", ScenarioBuilder.At("08:00")));
            cases.Holds($"times that no rule compares {time}", [1],
                v => v.Set("Call In Time", time).Set("Visit Updated Timestamp", time), v => v.Set("Call Out Time", time).Set("Invoice Date", time),
                ("EVVStartTime", null), ("LastUpdatedDate", null), ("ConEVVEndTime", null), ("ConBilledDate", null),
                ("ConLastUpdatedDate", ScenarioBuilder.At("20:00")));
            cases.Fails($"visit date {time} of one", v => v.Set("Visit Date", time), null);
            cases.Fails($"visit date {time} of both", v => v.Set("Visit Date", time), v => v.Set("Visit Date", time));
            cases.Holds($"an address of {time} is older than one with a time", [1],
                v => v.Address(("Application Created UTC Timestamp", time), ("City", "Old")).Address(("City", "New")), null, ("P_PCity", "New"));
        }

        cases.Holds("invoice date beyond any timestamp", [1], v => v.Set("Invoice Date", "5874897-12-31"), null, ("BilledDate", null));
        cases.Holds("an address at NaN is no place", [1],
            v => v.Address(("Latitude", "NaN"), ("Longitude", 0)), v => v.Address(("Latitude", 0), ("Longitude", "NaN")),
            ("PLatitude", null), ("PLongitude", null), ("ConPLatitude", null));
        cases.Holds("a number too large for its column", [1],
            v => v.Set("Application Patient Id", "9" + new string('0', 36)), v => v.Address(("Application Patient Address Id", "-1" + new string('0', 37))),
            ("AppPatientID", null), ("ConP_PAppAddressID", null));
        cases.Holds("a number that just fits its column", [1],
            v => v.Set("Application Patient Id", new string('9', 33)), null, ("AppPatientID", new Model.Numeric(new string('9', 33))));
        cases.Holds("NaN where the column has it too", [1],
            v => v.Set("Billed Hours", "NaN").Set("Billed Rate", "NaN").Set("Application Patient Id", "NaN"), null,
            ("BilledHours", new Model.Numeric("NaN")), ("BilledRate", new Model.Numeric("NaN")), ("AppPatientID", new Model.Numeric("NaN")));
        return cases;
    }
}
