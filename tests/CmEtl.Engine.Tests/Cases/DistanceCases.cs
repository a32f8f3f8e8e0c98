using CmEtl.Engine.Tests.Model;

namespace CmEtl.Engine.Tests.Cases;

/// <summary>
/// Rule 7, distances, speeds and travel times. The bands touch up to 25, have gaps at 25-30, 50-60 and 70-80, and speed 0 at 60-70.
/// </summary>
public static class DistanceCases
{
    // Adjusted miles along one degree of a meridian, with the factor 1.20 of the test data.
    private const double MilesPerDegree = 6_371_000 * Math.PI / 180 / 1609.34 * 1.2;

    public static CaseList All { get; } = Create();

    private static CaseList Create()
    {
        var cases = new CaseList();
        Travels(cases, "check value, gap 30 minutes", true, 16.58, 25m, 40, "10:30", ("MinuteDiffBetweenSch", 30), ("PLatitude", "40"));
        Travels(cases, "check value, gap one second below 39.79 minutes", true, 16.58, 25m, 40, "10:39:47", ("MinuteDiffBetweenSch", 40));
        Travels(cases, "check value, gap one second above 39.79 minutes", false, 16.58, 25m, 40, "10:39:48");
        Travels(cases, "touching bounds at 2 take the lowest band", true, 2, 2m, 60, "10:30");
        Travels(cases, "touching bounds at 5 take the lowest band", true, 5, 6m, 50, "10:49:59");
        Travels(cases, "travel time equal to the gap", false, 5, 6m, 50, "10:50");
        Travels(cases, "last mile before a gap of the bands", true, 25, 25m, 60, "10:30");
        Travels(cases, "just inside a gap of the bands", false, 25.01, null, null, "10:30");
        Travels(cases, "just before the next band", false, 29.99, null, null, "10:30");
        Travels(cases, "first mile after a gap of the bands", true, 30, 45m, 40, "10:30");
        Travels(cases, "speed zero", false, 65, 0m, null, "10:30");
        Travels(cases, "at the last bound", true, 90, 60m, 90, "10:30");
        Travels(cases, "beyond the last band", false, 90.01, null, null, "10:30");
        Travels(cases, "visits that touch have no gap", false, 16.58, 25m, 40, "10:00");
        Travels(cases, "gap of one second", true, 16.58, 25m, 40, "10:00:01", ("MinuteDiffBetweenSch", 0));
        Travels(cases, "gap of half a minute rounds up", true, 16.58, 25m, 40, "10:30:30", ("MinuteDiffBetweenSch", 31));
        Travels(cases, "gap below half a minute rounds down", true, 16.58, 25m, 40, "10:30:29", ("MinuteDiffBetweenSch", 30));
        Travels(cases, "same place", false, 0, 2m, 0, "10:30");
        cases.Holds("distance of the specification's check value", [7],
            v => v.Actual("08:00", "10:00").At(40.70, -74.00), v => v.Actual("10:30", "12:00").At(40.90, -74.00),
            ("DistanceMilesFromLatLng", 16.58m), ("AverageMilesPerHour", 25), ("ETATravleMinutes", 40), ("MinuteDiffBetweenSch", 30),
            ("PLatitude", "40.7"), ("PLongitude", "-74"), ("ConPLatitude", "40.9"), ("ConPLongitude", "-74"));
        cases.Holds("second visit earlier", [7],
            v => v.Actual("10:30", "12:00").At(40.70, -74), v => v.Actual("08:00", "10:00").At(40.90, -74),
            ("DistanceMilesFromLatLng", 16.58m), ("MinuteDiffBetweenSch", 30));
        cases.Holds("both gaps positive take the smaller", [7],
            v => v.Actual("10:00", "08:00").At(40.70, -74), v => v.Actual("08:30", "09:00").At(40.90, -74), ("MinuteDiffBetweenSch", 30));
        cases.Holds("overlapping visits far apart are no travel conflict", [5],
            v => v.Actual("08:00", "10:00").At(40.70, -74), v => v.Actual("09:00", "11:00").At(40.90, -74),
            ("DistanceMilesFromLatLng", 16.58m), ("MinuteDiffBetweenSch", 0), ("ETATravleMinutes", 40));
        cases.Holds("planned visits have a distance but no travel conflict", [1], v => v.At(40.70, -74), v => v.At(40.90, -74),
            ("DistanceMilesFromLatLng", 16.58m), ("AverageMilesPerHour", 25), ("ETATravleMinutes", 40));
        cases.Fails("first visit without coordinates", v => v.Actual("08:00", "10:00"), v => v.Actual("10:01", "12:00").At(40.90, -74));
        cases.Fails("second visit without coordinates", v => v.Actual("08:00", "10:00").At(40.70, -74), v => v.Actual("10:01", "12:00"));
        cases.Fails("first visit not clocked out", v => v.ClockedIn("08:00").At(40.70, -74),
            v => v.Actual("10:01", "12:00").At(40.90, -74));
        cases.Holds("without coordinates nothing is computed", [1], null, v => v.At(40.90, -74),
            ("PLatitude", null), ("PLongitude", null), ("ConPLatitude", "40.9"), ("DistanceMilesFromLatLng", null),
            ("AverageMilesPerHour", null), ("ETATravleMinutes", null), ("MinuteDiffBetweenSch", 0));
        cases.Holds("antipodes", [1], v => v.GpsOut("90,0"), v => v.GpsIn("-90,0"), ("DistanceMilesFromLatLng", 14924.20m));

        // The places of leaving and arriving differ: 16.58 miles in one direction, none in the other.
        cases.Holds("direction with a way", [7], EarlyHere, LateThere, ("DistanceMilesFromLatLng", 16.58m));
        cases.Add("mirror without a way", async w => await w.MirrorAsync(await w.PairAsync(EarlyHere, LateThere)), Outcome.Unconfirmed,
            Rules.Only());
        return cases;
    }

    private static void EarlyHere(VisitBuilder v) => v.Actual("08:00", "10:00").GpsIn("40.70,-74").GpsOut("40.70,-74");

    private static void LateThere(VisitBuilder v) => v.Actual("10:30", "12:00").GpsIn("40.90,-74").GpsOut("40.70,-74");

    // Independently of rule 7, a second pair of scheduled visits with the same distance shows what is stored.
    private static void Travels(
        CaseList cases, string name, bool holds, double miles, decimal? speed, int? minutes, string arrival,
        params (string, object?)[] more)
    {
        void First(VisitBuilder v) => v.Actual("08:00", "10:00").At(40, -74);
        void Second(VisitBuilder v) => v.Actual(arrival, "14:00").At(40 + (miles / MilesPerDegree), -74);
        (string, object?)[] way = [("DistanceMilesFromLatLng", (decimal)miles), ("AverageMilesPerHour", speed),
            ("ETATravleMinutes", minutes)];
        if (holds)
        {
            cases.Holds($"travel: {name}", [7], First, Second, [.. way, .. more]);
        }
        else
        {
            cases.Fails($"travel: {name}", First, Second);
            cases.Holds($"travel, planned: {name}", [1],
                v => v.At(40, -74), v => v.At(40 + (miles / MilesPerDegree), -74), way);
        }
    }
}
