using Npgsql;

namespace CmEtl.Engine.Tests.Model;

/// <summary>The analytics tables and exclusions in memory. Finds the candidate visit of an id.</summary>
public sealed class AnalyticsData
{
    private readonly Dictionary<string, CandidateVisit?> found = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, Row>> tables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Row> addressOfPatient = new(StringComparer.Ordinal);
    private readonly HashSet<string> excludedProviders = new(StringComparer.Ordinal);
    private readonly HashSet<string> excludedSsns = new(StringComparer.Ordinal);
    private readonly Window window;

    private AnalyticsData(Window window) => this.window = window;

    public static async Task<AnalyticsData> LoadAsync(NpgsqlConnection connection, Window window, SchemaNames schemas)
    {
        var data = new AnalyticsData(window);
        foreach (var (table, key) in new[]
        {
            ("factvisitcallperformance_cr", "Visit Id"), ("dimcaregiver", "Caregiver Id"), ("dimprovider", "Provider Id"),
            ("dimoffice", "Office Id"), ("dimpatient", "Patient Id"), ("dimpayer", "Payer Id"), ("dimcontract", "Contract Id"),
            ("dimservicecode", "Service Code Id"), ("dimuser", "User Id"),
        })
        {
            data.tables[table] = await TableReader.ReadByKeyAsync(connection, schemas.Analytics, table, key);
        }

        data.ChooseAddresses(await TableReader.ReadAllAsync(connection, schemas.Analytics, "dimpatientaddress"));
        var agencies = await TableReader.ReadAllAsync(connection, schemas.Conflict, "excluded_agency");
        data.excludedProviders.UnionWith(agencies.Select(row => row.Text("ProviderID")).OfType<string>());
        var ssns = await TableReader.ReadAllAsync(connection, schemas.Conflict, "excluded_ssn");
        data.excludedSsns.UnionWith(ssns.Select(row => row.Text("SSN")?.Trim(' ')).OfType<string>());
        return data;
    }

    public CandidateVisit? Find(string? visitId)
    {
        if (visitId is null)
        {
            return null;
        }

        if (!found.TryGetValue(visitId, out var candidate))
        {
            candidate = Join(visitId);
            found.Add(visitId, candidate);
        }

        return candidate;
    }

    private CandidateVisit? Join(string visitId)
    {
        if (!tables["factvisitcallperformance_cr"].TryGetValue(visitId, out var visit) || !(window.Contains(visit.Day("Visit Date")) || visit.IsBeyond("Visit Date")))
        {
            return null;
        }

        var caregiver = Lookup("dimcaregiver", visit, "Caregiver Id");
        var provider = Lookup("dimprovider", visit, "Provider Id");
        var ssn = caregiver?.Text("SSN")?.Trim(' ');
        if (caregiver is null || provider is null || string.IsNullOrEmpty(ssn) || excludedSsns.Contains(ssn)
            || !provider.IsTrue("Is Active") || !provider.IsFalse("Is Demo")
            || excludedProviders.Contains(visit.Text("Provider Id")!))
        {
            return null;
        }

        var patient = Lookup("dimpatient", visit, "Provider Patient Id");
        var payerPatient = Lookup("dimpatient", visit, "Payer Patient Id");
        return new CandidateVisit
        {
            Visit = visit,
            Caregiver = caregiver,
            Provider = provider,
            Ssn = ssn,
            Office = When(Lookup("dimoffice", visit, "Office Id"), row => row.IsTrue("Is Active")),
            Patient = patient,
            Address = AddressOf(patient),
            PayerPatient = payerPatient,
            PayerAddress = AddressOf(payerPatient),
            Payer = When(Lookup("dimpayer", visit, "Payer Id"), row => row.IsTrue("Is Active") && row.IsFalse("Is Demo")),
            ContractRow = When(Lookup("dimcontract", visit, "Contract Id"), row => row.IsTrue("Is Active")),
            ServiceCode = Lookup("dimservicecode", visit, "Service Code Id"),
            User = Lookup("dimuser", visit, "Visit Updated User Id"),
        };
    }

    private void ChooseAddresses(IEnumerable<Row> addresses)
    {
        var usable = addresses.Where(row => row.IsTrue("Primary Address")
            && row.Text("Patient Id") is not null
            && row.Text("Address Type")?.Contains("GPS", StringComparison.Ordinal) == true);
        foreach (var ofPatient in usable.GroupBy(row => row.Text("Patient Id")!, StringComparer.Ordinal))
        {
            addressOfPatient.Add(ofPatient.Key, ofPatient
                .OrderByDescending(row => row.Time("Application Created UTC Timestamp") ?? DateTime.MinValue)
                .ThenBy(row => row.Text("Patient Address Id"), StringComparer.Ordinal)
                .First());
        }
    }

    private Row? AddressOf(Row? patient) => patient is null ? null : addressOfPatient.GetValueOrDefault(patient.Text("Patient Id")!);

    private Row? Lookup(string table, Row visit, string column) =>
        visit.Text(column) is { } id ? tables[table].GetValueOrDefault(id) : null;

    private static Row? When(Row? row, Func<Row, bool> condition) => row is not null && condition(row) ? row : null;
}
