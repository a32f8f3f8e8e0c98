namespace CmEtl.Engine.Tests.Engine;

/// <summary>A change of the data between two runs.</summary>
/// <param name="Change">Statements between the two runs.</param>
/// <param name="Before">Statements before the first run; null for none.</param>
/// <param name="Some">Whether it affects only some pairs, so that the others must be confirmed as unchanged.</param>
public sealed record DeltaChange(string Change, string? Before = null, bool Some = true)
{
    private const string Fact = "analytics.factvisitcallperformance_cr";
    private const string Pairs = "conflict.conflictvisitmaps";
    private const string Addresses = "analytics.dimpatientaddress";

    // Affects one pair, and all pairs that refer to the same rows.
    private const string Picked = """(SELECT "ID" FROM conflict.conflictvisitmaps WHERE "UpdateFlag" IS NULL AND "UpdatedDate" IS NOT NULL ORDER BY "ID" LIMIT 3)""";

    private const string PickedPatients =
        $"""(SELECT p."P_PatientID" FROM {Pairs} AS p WHERE "ID" IN {Picked} UNION SELECT p."PA_PatientID" FROM {Pairs} AS p WHERE "ID" IN {Picked})""";

    private static readonly (string Table, string Key, string Name, string[] VisitKeys)[] Dimensions =
    [
        ("dimcaregiver", "Caregiver Id", "Caregiver Fullname", ["Caregiver Id"]),
        ("dimoffice", "Office Id", "Office Name", ["Office Id"]),
        ("dimpatient", "Patient Id", "Patient Name", ["Provider Patient Id", "Payer Patient Id"]),
        ("dimpayer", "Payer Id", "Payer Name", ["Payer Id"]),
        ("dimcontract", "Contract Id", "Contract Name", ["Contract Id"]),
        ("dimprovider", "Provider Id", "Provider Name", ["Provider Id"]),
        ("dimservicecode", "Service Code Id", "Service Code", ["Service Code Id"]),
        ("dimuser", "User Id", "User Fullname", ["Visit Updated User Id"]),
    ];

    public static IReadOnlyDictionary<string, DeltaChange> All { get; } = Build();

    private static string Swap(string table, string change) =>
        $"""
        CREATE TABLE analytics.later (LIKE analytics.{table} INCLUDING ALL); INSERT INTO analytics.later SELECT * FROM analytics.{table}; {change};
        GRANT SELECT ON analytics.later TO cm_worker; DROP TABLE analytics.{table}; ALTER TABLE analytics.later RENAME TO {table}
        """;

    private static Dictionary<string, DeltaChange> Build()
    {
        var all = new Dictionary<string, DeltaChange>
        {
            ["visit changed"] = new($"""UPDATE {Fact} SET "Billed Hours" = 77 WHERE "Visit Id" IN (SELECT "VisitID" FROM {Pairs} WHERE "ID" IN {Picked})"""),
            ["conflicting visit changed"] = new($"""UPDATE {Fact} SET "Bill Type" = 'other' WHERE "Visit Id" IN (SELECT "ConVisitID" FROM {Pairs} WHERE "ID" IN {Picked})"""),
            ["visit deleted"] = new($"""DELETE FROM {Fact} WHERE "Visit Id" IN (SELECT "VisitID" FROM {Pairs} WHERE "ID" IN {Picked})"""),
            ["conflicting visit deleted"] = new($"""DELETE FROM {Fact} WHERE "Visit Id" IN (SELECT "ConVisitID" FROM {Pairs} WHERE "ID" IN {Picked})"""),
            ["visit moved to another day"] = new($"""UPDATE {Fact} SET "Visit Date" = "Visit Date" - 1 WHERE "Visit Id" IN (SELECT "VisitID" FROM {Pairs} WHERE "ID" IN {Picked})"""),
            ["visits inserted"] = new(
                $"INSERT INTO {Fact} SELECT * FROM public.away",
                $"""CREATE TABLE public.away AS SELECT * FROM {Fact} WHERE "Visit Id"::text < '2'; DELETE FROM {Fact} WHERE "Visit Id"::text < '2'"""),
            ["address made newest"] = new(
                $"""
                INSERT INTO {Addresses} ("Patient Address Id", "Patient Id", "Address Type", "Address Line 1", "Primary Address", "Latitude", "Longitude", "Application Created UTC Timestamp")
                SELECT gen_random_uuid()::text, p, 'GPS', 'New', true, 40.5, -73.5, '2100-01-01' FROM {PickedPatients} AS x (p) WHERE p IS NOT NULL
                """),
            ["addresses changed"] = new($"""UPDATE {Addresses} SET "City" = 'Elsewhere' WHERE "Patient Id" IN {PickedPatients}"""),
            ["addresses deleted"] = new($"""DELETE FROM {Addresses} WHERE "Patient Id" IN {PickedPatients}"""),
            ["address no longer primary"] = new($"""UPDATE {Addresses} SET "Primary Address" = false WHERE "Patient Id" IN {PickedPatients}"""),
            ["agency excluded"] = new($"""INSERT INTO conflict.excluded_agency ("ProviderID") SELECT DISTINCT "ProviderID" FROM {Pairs} WHERE "ID" IN {Picked}""", Some: false),
            ["exclusion of an agency removed"] = new(
                "DELETE FROM conflict.excluded_agency",
                $"""INSERT INTO conflict.excluded_agency ("ProviderID") SELECT "ProviderID" FROM {Pairs} WHERE "ID" IN (SELECT "ID" FROM {Pairs} ORDER BY "ID" LIMIT 50)""", Some: false),
            ["caregiver excluded"] = new($"""INSERT INTO conflict.excluded_ssn ("SSN") SELECT "SSN" FROM {Pairs} WHERE "ID" IN {Picked}""", Some: false),
            ["exclusion of a caregiver removed"] = new(
                "DELETE FROM conflict.excluded_ssn", $"""INSERT INTO conflict.excluded_ssn ("SSN") SELECT DISTINCT "SSN" FROM {Pairs} WHERE "ID" % 3 = 0""", Some: false),
            ["speed changed"] = new("""UPDATE conflict.mph SET "AverageMilesPerHour" = "AverageMilesPerHour" + 7""", Some: false),
            ["multiplier changed"] = new("""UPDATE conflict.settings SET "ExtraDistancePer" = "ExtraDistancePer" + 1""", Some: false),
            ["column renamed"] = new(
                """
                ALTER TABLE analytics.dimoffice RENAME "Office Name" TO old;
                ALTER TABLE analytics.dimoffice ADD "Office Name" varchar(100) DEFAULT 'Same';
                """, Some: false),
            ["table swapped"] = new(
                "ALTER TABLE analytics.dimpayer RENAME TO gone; ALTER TABLE analytics.later RENAME TO dimpayer",
                """
                CREATE TABLE analytics.later (LIKE analytics.dimpayer INCLUDING ALL); INSERT INTO analytics.later SELECT * FROM analytics.dimpayer;
                UPDATE analytics.later SET "Payer Name" = 'Later'; GRANT SELECT ON analytics.later TO cm_worker
                """, Some: false),
            ["pair changed by the application"] = new($"""UPDATE {Pairs} SET "Office" = 'By hand', "ResolvedBy" = 'me' WHERE "ID" IN {Picked}"""),
            ["pair resolved"] = new($"""UPDATE {Pairs} SET "StatusFlag" = 'R', "ResolveDate" = localtimestamp WHERE "ID" IN {Picked}"""),
            ["flag of a pair set back"] = new($"""UPDATE {Pairs} SET "StatusFlag" = 'W', "SameSchTimeFlag" = 'N' WHERE "ID" IN {Picked}"""),
            ["pair marked"] = new($"""UPDATE {Pairs} SET "UpdateFlag" = 1 WHERE "ID" IN {Picked}"""),
            ["marks released"] = new($"""UPDATE {Pairs} SET "UpdateFlag" = NULL WHERE "UpdateFlag" = 1"""),
            ["pairs made to wait for later tasks"] = new($"""UPDATE {Pairs} SET "PTOStartDate" = localtimestamp WHERE "ID" IN {Picked}"""),
            ["pairs inserted"] = new(
                $"INSERT INTO {Pairs} SELECT * FROM public.away",
                $"""CREATE TABLE public.away AS SELECT * FROM {Pairs} WHERE "ID" % 4 = 0; DELETE FROM {Pairs} WHERE "ID" % 4 = 0"""),
            ["tables written anew"] = new("VACUUM FULL analytics.dimpatientaddress; VACUUM FULL conflict.conflictvisitmaps"),
            ["frozen"] = new("VACUUM FREEZE"),
        };
        foreach (var table in (string[])["factvisitcallperformance_cr", "dimpatientaddress", .. Dimensions.Select(d => d.Table)])
        {
            // Only the content of a table counts, not how it was loaded.
            all[$"{table} reloaded"] = new(
                $"CREATE TABLE public.reload AS TABLE analytics.{table}; TRUNCATE analytics.{table}; INSERT INTO analytics.{table} SELECT * FROM public.reload AS r ORDER BY md5(r::text); DROP TABLE public.reload");
        }

        all["visits reloaded, some changed"] = new(
            $"""
            CREATE TABLE public.reload AS TABLE {Fact}; UPDATE public.reload SET "Billed Hours" = 77 WHERE "Visit Id" IN (SELECT "VisitID" FROM {Pairs} WHERE "ID" IN {Picked});
            TRUNCATE {Fact}; INSERT INTO {Fact} SELECT * FROM public.reload ORDER BY "Visit Id" DESC; DROP TABLE public.reload
            """);
        all["patients reloaded, some changed, some gone"] = new(
            $"""
            CREATE TABLE public.reload AS TABLE analytics.dimpatient; UPDATE public.reload SET "Patient Name" = 'Changed' WHERE "Patient Id" IN {PickedPatients};
            DELETE FROM public.reload WHERE "Patient Id" IN (SELECT "Patient Id" FROM public.reload ORDER BY "Patient Id" LIMIT 2);
            TRUNCATE analytics.dimpatient; INSERT INTO analytics.dimpatient TABLE public.reload; DROP TABLE public.reload
            """);
        all["visits swapped for the same"] = new(Swap("factvisitcallperformance_cr", "SELECT 1"));
        all["visits swapped for others"] = new(
            Swap("factvisitcallperformance_cr", $"""UPDATE analytics.later SET "Billed Hours" = 77 WHERE "Visit Id" IN (SELECT "VisitID" FROM {Pairs} WHERE "ID" IN {Picked})"""));
        all["visits swapped for older ones"] = new(
            "ALTER TABLE analytics.factvisitcallperformance_cr RENAME TO gone; ALTER TABLE analytics.later RENAME TO factvisitcallperformance_cr",
            $"""
            CREATE TABLE analytics.later (LIKE {Fact} INCLUDING ALL); INSERT INTO analytics.later SELECT * FROM {Fact};
            UPDATE analytics.later SET "Billed Hours" = 78; GRANT SELECT ON analytics.later TO cm_worker
            """, Some: false);
        all["caregivers swapped for the same"] = new(Swap("dimcaregiver", "SELECT 1"));
        all["caregivers swapped for older ones"] = new(
            "ALTER TABLE analytics.dimcaregiver RENAME TO gone; ALTER TABLE analytics.later RENAME TO dimcaregiver",
            """
            CREATE TABLE analytics.later (LIKE analytics.dimcaregiver INCLUDING ALL); INSERT INTO analytics.later SELECT * FROM analytics.dimcaregiver;
            UPDATE analytics.later SET "Caregiver Fullname" = 'Older'; GRANT SELECT ON analytics.later TO cm_worker
            """, Some: false);
        all["pairs restored"] = new(
            $"CREATE TABLE public.reload AS TABLE {Pairs}; TRUNCATE {Pairs}; INSERT INTO {Pairs} SELECT * FROM public.reload; DROP TABLE public.reload", Some: false);
        all["pairs restored from before the last run"] = new(
            $"TRUNCATE {Pairs}; INSERT INTO {Pairs} SELECT * FROM public.backup", $"CREATE TABLE public.backup AS TABLE {Pairs}", Some: false);
        all["everything restored"] = new(
            string.Join("; ", ((string[])[Pairs, Fact, Addresses, .. Dimensions.Select(d => $"analytics.{d.Table}")]).Select(
                t => $"CREATE TABLE public.reload AS TABLE {t}; TRUNCATE {t}; INSERT INTO {t} SELECT * FROM public.reload; DROP TABLE public.reload")), Some: false);
        all["column of the visits replaced"] = new(
            $"""ALTER TABLE {Fact} RENAME "Bill Type" TO old; ALTER TABLE {Fact} ADD "Bill Type" varchar(50) DEFAULT 'Same'""", Some: false);
        all["column of the pairs replaced"] = new(
            $"""ALTER TABLE {Pairs} RENAME "Office" TO old; ALTER TABLE {Pairs} ADD "Office" varchar(100) DEFAULT 'Same'; GRANT UPDATE ("Office") ON {Pairs} TO cm_worker""", Some: false);
        foreach (var (table, key, name, visitKeys) in Dimensions)
        {
            var picked = string.Join(" UNION ", visitKeys.Select(
                k => $"""SELECT v."{k}"::text FROM {Fact} AS v JOIN {Pairs} AS p ON p."VisitID" = v."Visit Id" WHERE p."ID" IN {Picked}"""));
            all[$"{table} updated"] = new($"""UPDATE analytics.{table} SET "{name}" = 'Changed' WHERE "{key}"::text IN ({picked})""", Some: false);
            all[$"{table} deleted"] = new($"""DELETE FROM analytics.{table} WHERE "{key}"::text IN ({picked})""", Some: false);
            all[$"{table} inserted"] = new(
                $"INSERT INTO analytics.{table} SELECT * FROM public.away",
                $"""
                CREATE TABLE public.away AS SELECT * FROM analytics.{table} WHERE md5("{key}"::text) < '4'; DELETE FROM analytics.{table} WHERE md5("{key}"::text) < '4'
                """, Some: false);
        }

        return all;
    }
}
