namespace CmEtl.Engine.Tests.Model;

/// <summary>A column that Task 02 writes, and the source of its value.</summary>
public sealed record WrittenColumn(string Target, string Side, string Source, string Column)
{
    /// <summary>All such columns, from the embedded table. The three identity columns are not among them.</summary>
    public static IReadOnlyList<WrittenColumn> All { get; } = Load();

    public object? ValueFor(Pair pair) => Source switch
    {
        "null" => null,
        "rule" => Merge(pair.Stored.Text(Target), pair.Rules[int.Parse(Column, System.Globalization.CultureInfo.InvariantCulture)]),
        "computed" when Side == "pair" => OfPair(pair),
        "computed" => Side == "1" ? OfVisit(pair.First, pair.First.PlaceAsBase) : OfVisit(pair.Second, pair.Second.PlaceAsConflicting),
        _ => Joined(Side == "1" ? pair.First : pair.Second)?[Column],
    };

    /// <summary>The value of one visit, or null when the column does not come from a single visit.</summary>
    public object? ValueOf(CandidateVisit visit) => Source is "null" or "rule" ? null
        : Source != "computed" ? Joined(visit)?[Column] : Column == "BillRateBoth" ? visit.BillRateBoth : null;

    // Only a stored 'N' is replaced by the result. Y never returns to N, and NULL stays NULL.
    private static string? Merge(string? stored, bool holds) => stored == "N" ? (holds ? "Y" : "N") : stored;

    private object? OfPair(Pair pair) => Column switch
    {
        "Gap" => pair.Travel.Gap,
        "Miles" => pair.Travel.Miles,
        "Speed" => pair.Travel.Speed,
        "Travel" => pair.Travel.Minutes,
        "RunTime" => RunTime.Marker,
        "Status" => pair.Stored.Text(Target) is null or "W" or "I" ? pair.Stored.Text(Target) : "U",
        _ => throw Unknown(),
    };

    private object? OfVisit(CandidateVisit visit, Coordinates? place) => Column switch
    {
        "Ssn" => visit.Ssn,
        "Latitude" => place is { } at ? at.Latitude : null,
        "Longitude" => place is { } at ? at.Longitude : null,
        "Contract" => visit.Contract,
        "ContractType" => visit.ContractType,
        "BillRateBoth" => visit.BillRateBoth,
        _ => throw Unknown(),
    };

    private Row? Joined(CandidateVisit visit) => Source switch
    {
        "visit" => visit.Visit,
        "caregiver" => visit.Caregiver,
        "provider" => visit.Provider,
        "office" => visit.Office,
        "patient" => visit.Patient,
        "address" => visit.Address,
        "payerpatient" => visit.PayerPatient,
        "payeraddress" => visit.PayerAddress,
        "payer" => visit.Payer,
        "servicecode" => visit.ServiceCode,
        "user" => visit.User,
        _ => throw Unknown(),
    };

    private InvalidOperationException Unknown() => new($"Nothing is known about {this}.");

    private static List<WrittenColumn> Load()
    {
        using var stream = typeof(WrittenColumn).Assembly.GetManifestResourceStream("Model.Task02Columns")!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Skip(1)
            .Select(line => line.Split(','))
            .Select(parts => new WrittenColumn(parts[0], parts[1], parts[2], parts[3]))];
    }
}
