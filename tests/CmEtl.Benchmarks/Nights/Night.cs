using CmEtl.Engine;

namespace CmEtl.Benchmarks;

/// <summary>Changes that loaders make to the analytics tables between two runs.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="Statements">Run in order by the owner of the tables.</param>
internal sealed record Night(string Name, IReadOnlyList<string> Statements)
{
    private static readonly string[] Dimensions = [.. TableLocks.Dimensions, "dimpayerprovider"];

    private static IEnumerable<string> UsualReloads => [.. Reload("dimuser"), .. Reload("dimpayerprovider"), .. Reload("dimoffice")];

    public static IReadOnlyList<Night> All { get; } =
    [
        new("N0 quiet", []),
        new("N1 usual", [.. Upserts(visits: 100, dimensions: 50), .. UsualReloads]),
        new("N2 busy", [.. Upserts(visits: 500, dimensions: 200), .. UsualReloads]),
        new("N3 reloaded", [.. Reload("factvisitcallperformance_cr"), .. Dimensions.SelectMany(Reload)]),
        new("N4 everything changed", ["""UPDATE analytics.factvisitcallperformance_cr SET "Billed Hours" = coalesce("Billed Hours", 0) + 1"""]),
    ];

    /// <summary>The same rows in another order.</summary>
    private static string[] Reload(string table) =>
    [
        $"CREATE TEMP TABLE reload AS TABLE analytics.{table}", $"TRUNCATE analytics.{table}",
        $"INSERT INTO analytics.{table} SELECT * FROM reload AS r ORDER BY md5(r::text)", "DROP TABLE reload",
    ];

    /// <summary>Changed rows by a watermark, in ten-thousandths of each table, and 0.3 % new visits, each in a new pair.</summary>
    private static string[] Upserts(int visits, int dimensions) =>
    [
        $"""UPDATE analytics.factvisitcallperformance_cr SET "Billed Hours" = coalesce("Billed Hours", 0) + 1 WHERE {Some("Visit Id", visits)}""",
        $"""UPDATE analytics.dimcaregiver SET "Caregiver Fullname" = left("Caregiver Fullname", 90) || ' II' WHERE {Some("Caregiver Id", dimensions)}""",
        $"""UPDATE analytics.dimpatient SET "Patient Name" = left("Patient Name", 90) || ' II' WHERE {Some("Patient Id", dimensions)}""",
        $"""UPDATE analytics.dimpatientaddress SET "Address Line 1" = left("Address Line 1", 90) || ' II' WHERE {Some("Patient Address Id", dimensions)}""",
        $"""
        CREATE TEMP TABLE pair AS SELECT * FROM conflict.conflictvisitmaps WHERE "CONFLICTID" IS NOT NULL AND {Some("ID", 30)};
        INSERT INTO analytics.factvisitcallperformance_cr
        SELECT (jsonb_populate_record(v, jsonb_build_object('Visit Id', md5(v."Visit Id")))).*
          FROM analytics.factvisitcallperformance_cr AS v WHERE v."Visit Id" IN (SELECT p."VisitID" FROM pair AS p);
        INSERT INTO conflict.conflictvisitmaps
        SELECT (jsonb_populate_record(p, jsonb_build_object('VisitID', md5(p."VisitID"), 'ID', (SELECT max("ID") FROM conflict.conflictvisitmaps) + row_number() OVER ()))).*
          FROM pair AS p;
        DROP TABLE pair
        """,
    ];

    private static string Some(string key, int tenThousandths) => $"""('x' || left(md5("{key}"::text), 7))::bit(28)::integer % 10000 < {tenThousandths}""";
}
