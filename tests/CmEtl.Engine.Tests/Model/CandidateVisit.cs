namespace CmEtl.Engine.Tests.Model;

/// <summary>A visit of the fact that passed the joins and exclusions, with everything joined to it.</summary>
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

    public DateOnly Day => Visit.Day("Visit Date")!.Value;

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

    private Coordinates? AddressPlace =>
        Coordinates.Create(Address?.Number("Latitude")?.ToDouble(), Address?.Number("Longitude")?.ToDouble());
}
