namespace CmEtl.Engine.Tests.Model;

/// <summary>A visit that passed the joins and exclusions, with all rows joined to it.</summary>
public sealed record CandidateVisit
{
    public required Row Visit { get; init; }

    public required Row Caregiver { get; init; }

    public required Row Provider { get; init; }

    public required string Ssn { get; init; }

    public Row? Office { get; init; }

    public Row? Patient { get; init; }

    public Row? Address { get; init; }

    public Row? PayerPatient { get; init; }

    public Row? PayerAddress { get; init; }

    public Row? Payer { get; init; }

    public Row? ContractRow { get; init; }

    public Row? ServiceCode { get; init; }

    public Row? User { get; init; }

    public string Id => Visit.Text("Visit Id")!;

    public string ProviderId => Visit.Text("Provider Id")!;

    /// <summary>Null when the visit's day is outside the years 1 to 9999, so that it cannot be compared with the other visit's.</summary>
    public DateOnly? Day => Visit.Day("Visit Date");

    public TimeRange Scheduled => new(Visit.Time("Scheduled Start Time"), Visit.Time("Scheduled End Time"));

    public TimeRange Actual => new(Visit.Time("Visit Start Time"), Visit.Time("Visit End Time"));

    public GpsText CallIn => GpsText.Parse(Visit.Text("Call In GPS Coordinates"));

    public GpsText CallOut => GpsText.Parse(Visit.Text("Call Out GPS Coordinates"));

    public Coordinates? PlaceAsBase => CallOut.Place ?? CallIn.Place ?? AddressPlace;

    public Coordinates? PlaceAsConflicting => CallIn.Place ?? CallOut.Place ?? AddressPlace;

    public int GpsRejects => (CallIn.IsReject ? 1 : 0) + (CallOut.IsReject ? 1 : 0);

    public string? Contract => Payer?.Text("Payer Name") ?? ContractRow?.Text("Contract Name");

    public Numeric? BillRateBoth => Visit.Number(Visit.Text("Billed") == "yes" ? "Billed Rate" : "Bill Rate Non-Billed");

    public string? ContractType => (Visit.Number("Application Payer Id")?.IsZero, Visit.Number("Application Contract Id")?.IsZero) switch
    {
        (true, false) => "Internal",
        (false, false) => "UPR",
        (false, true) => "Payer",
        _ => null,
    };

    /// <summary>
    /// Unusable values other than GPS texts: days and times, the patient's place, and numbers that do not fit their columns in the pairs.
    /// </summary>
    public long UnusableValues(TableShape pairs) => Times.Append("Visit Date").Count(Visit.IsBeyond) + (HasWrongAddress ? 1 : 0) + WrittenColumn.All
        .Where(column => column.Side == "1" && column.ValueOf(this) is Numeric)
        .Count(column => new[] { column.Target, "Con" + column.Target }.Where(pairs.Has)
            .Any(target => pairs.Columns[pairs.Ordinal(target)].Store(column.ValueOf(this), out _) is null));

    /// <summary>Whether a day or time that the rules compare is unusable.</summary>
    public bool HasDoubtfulTimes => Times.Take(4).Append("Visit Date").Any(Visit.IsBeyond);

    public bool HasDoubtfulPlace => GpsRejects > 0 || HasWrongAddress;

    private static readonly string[] Times =
    [
        "Scheduled Start Time", "Scheduled End Time", "Visit Start Time", "Visit End Time", "Call In Time", "Call Out Time", "Invoice Date",
        "Visit Updated Timestamp",
    ];

    private (double? Latitude, double? Longitude) AddressNumbers => (Address?.Degrees("Latitude"), Address?.Degrees("Longitude"));

    private Coordinates? AddressPlace => Coordinates.Create(AddressNumbers.Latitude, AddressNumbers.Longitude);

    // A missing coordinate is not wrong.
    private bool HasWrongAddress => Coordinates.Create(AddressNumbers.Latitude ?? 0, AddressNumbers.Longitude ?? 0) is null;
}
