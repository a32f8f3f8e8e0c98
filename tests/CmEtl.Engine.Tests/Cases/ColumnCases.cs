namespace CmEtl.Engine.Tests.Cases;

/// <summary>Columns that are not simple copies, and the joins that they depend on.</summary>
public static class ColumnCases
{
    public static CaseList All { get; } = Create();

    private static CaseList Create()
    {
        var cases = new CaseList();
        Contract(cases, "payer's name", _ => { }, "Payer", "NY");
        Contract(cases, "contract's name without payer", v => v.Set("Payer Id", null), "Contract", null);
        Contract(cases, "contract's name with an unknown payer", v => v.Set("Payer Id", "unknown"), "Contract", null);
        Contract(cases, "contract's name with an inactive payer", v => v.With(Dimension.Payer, "Is Active", false), "Contract", null);
        Contract(cases, "contract's name with a payer of unknown activity", v => v.With(Dimension.Payer, "Is Active", null), "Contract",
            null);
        Contract(cases, "contract's name with a demo payer", v => v.With(Dimension.Payer, "Is Demo", true), "Contract", null);
        Contract(cases, "contract's name with a nameless payer", v => v.With(Dimension.Payer, "Payer Name", null), "Contract", "NY");
        Contract(cases, "nothing when the contract is inactive",
            v => v.Set("Payer Id", null).With(Dimension.Contract, "Is Active", false), null, null);

        foreach (var (payer, contract, type) in new (int?, int?, string?)[]
        {
            (0, 5, "Internal"), (5, 5, "UPR"), (5, 0, "Payer"), (0, 0, null), (null, 5, null), (5, null, null), (null, 0, null),
            (null, null, null),
        })
        {
            void Set(VisitBuilder v) => v.Set("Application Payer Id", payer).Set("Application Contract Id", contract);
            cases.Holds($"contract type of payer {payer?.ToString() ?? "NULL"} and contract {contract?.ToString() ?? "NULL"}", [1],
                Set, Set, ("ContractType", type), ("ConContractType", type), ("AppPayerID", payer?.ToString()),
                ("ConAppPayerID", payer?.ToString()));
        }

        (string?, decimal)[] rates = [("yes", 30.125m), ("no", 27.5m), (null, 27.5m), ("YES", 27.5m), ("ye", 27.5m)];
        foreach (var (billed, rate) in rates)
        {
            void Set(VisitBuilder v) => v.Set("Billed", billed);
            cases.Holds($"bill rate when billed is {billed ?? "NULL"}", [1], Set, Set,
                ("Billed", billed), ("BillRateBoth", rate), ("ConBillRateBoth", rate), ("BillRateNonBilled", 27.5m),
                ("BilledRate", 30.125m));
        }

        cases.Holds("billed without a rate has no rate", [1], v => v.Set("Billed", "yes").Set("Billed Rate", null), null,
            ("BillRateBoth", null));
        cases.Holds("an inactive office has no name", [1], v => v.With(Dimension.Office, "Is Active", false), null,
            ("Office", null), ("ConOffice", "Office 2"), ("ConOfficeID", "Office-2"), ("AppOfficeID", "1"));
        cases.Holds("an unknown service code leaves nothing", [1], v => v.Set("Service Code Id", "unknown"), null,
            ("ServiceCodeID", null), ("AppServiceCodeID", null), ("ServiceCode", null), ("ConServiceCodeID", "ServiceCode-2"),
            ("ConServiceCode", "SC2"));
        cases.Holds("an unknown user leaves nothing", [1], v => v.Set("Visit Updated User Id", "unknown"), null,
            ("LastUpdatedBy", null), ("ConLastUpdatedBy", "User 2"), ("LastUpdatedDate", ScenarioBuilder.At("20:00")));
        cases.Holds("placeholders are erased", [1], null, null,
            ("PName", null), ("PZipCode", null), ("ConPName", null), ("ConPAppAddressID", null), ("PStatus", null), ("ConPStatus", null));
        cases.Holds("plain columns", [1], null, null,
            ("ProviderID", "Provider-1"), ("AppProviderID", "1"), ("ProviderName", "Provider 1"), ("FederalTaxNumber", "TAX1"),
            ("ConProviderID", "Provider-2"), ("ConAppProviderID", "2"), ("ConProviderName", "Provider 2"), ("ConFederalTaxNumber", "TAX2"),
            ("AideName", "Ann1 Aide"), ("ConAideFName", "Ann2"), ("AppCaregiverID", 1), ("ConAppCaregiverID", 2),
            ("P_PName", "Pat1 Client"), ("ConPA_PFName", "Payerpat2"), ("PA_PAdmissionID", "ADM-Payerpat1"), ("P_AppPatientID", 1),
            ("BilledDate", ScenarioBuilder.Day.AddDays(5).ToDateTime(TimeOnly.MinValue)), ("BilledHours", 2.25m),
            ("TotalBilledAmount", 60.25m), ("ConRateType", "Hourly"), ("EVVType", "Phone"));
        return cases;
    }

    private static void Contract(CaseList cases, string name, Action<VisitBuilder> configure, string? kind, string? state)
    {
        cases.Holds($"contract: {name}", [1], configure, configure,
            ("Contract", kind is null ? null : kind + " 1"), ("PayerState", state),
            ("ConContract", kind is null ? null : kind + " 2"), ("ConPayerState", state));
    }
}
