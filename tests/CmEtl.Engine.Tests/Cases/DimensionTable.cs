namespace CmEtl.Engine.Tests.Cases;

/// <summary>The table of a dimension and the values of an ordinary row. {0} is replaced by the side or a running number.</summary>
public sealed record DimensionTable(string Table, string Key, string FactColumn, string? ApplicationColumn,
    (string Column, object? Value)[] Defaults)
{
    public static IReadOnlyDictionary<Dimension, DimensionTable> All { get; } = new Dictionary<Dimension, DimensionTable>
    {
        [Dimension.Caregiver] = new("dimcaregiver", "Caregiver Id", "Caregiver Id", "Application Caregiver Id",
        [
            ("Caregiver Code", "AIDE{0}"), ("Caregiver Firstname", "Ann{0}"), ("Caregiver Lastname", "Aide"),
            ("Caregiver Fullname", "Ann{0} Aide"), ("SSN", ScenarioBuilder.Ssn), ("Status", "Active"),
        ]),
        [Dimension.Provider] = new("dimprovider", "Provider Id", "Provider Id", "Application Provider Id",
        [
            ("Provider Name", "Provider {0}"), ("Address State", "NY"), ("Federal Tax Number", "TAX{0}"),
            ("Is Active", true), ("Is Demo", false),
        ]),
        [Dimension.Office] = new("dimoffice", "Office Id", "Office Id", "Application Office Id",
            [("Office Name", "Office {0}"), ("Is Active", true)]),
        [Dimension.Patient] = new("dimpatient", "Patient Id", "Provider Patient Id", "Application Provider Patient Id",
            PatientColumns("Pat")),
        [Dimension.PayerPatient] = new("dimpatient", "Patient Id", "Payer Patient Id", "Application Payer Patient Id",
            PatientColumns("Payerpat")),
        [Dimension.Payer] = new("dimpayer", "Payer Id", "Payer Id", "Application Payer Id",
            [("Payer Name", "Payer {0}"), ("Payer State", "NY"), ("Is Active", true), ("Is Demo", false)]),
        [Dimension.Contract] = new("dimcontract", "Contract Id", "Contract Id", "Application Contract Id",
            [("Contract Name", "Contract {0}"), ("Is Active", true)]),
        [Dimension.ServiceCode] = new("dimservicecode", "Service Code Id", "Service Code Id", "Application Service Code Id",
            [("Service Code", "SC{0}")]),
        [Dimension.User] = new("dimuser", "User Id", "Visit Updated User Id", "Application Visit Updated User Id",
            [("User Fullname", "User {0}")]),
    };

    /// <summary>Name of the application id in the dimension itself.</summary>
    public string OwnApplicationColumn => Table switch
    {
        "dimpatient" => "Application Patient Id",
        "dimuser" => "Application User Id",
        _ => ApplicationColumn!,
    };

    private static (string, object?)[] PatientColumns(string name) =>
    [
        ("Patient Firstname", name + "{0}"), ("Patient Lastname", "Client"), ("Patient Name", name + "{0} Client"),
        ("Admission Id", "ADM-" + name + "{0}"), ("Medicaid Number", "MED-" + name + "{0}"), ("Status", "Active"),
    ];
}
