using CmEtl.Engine.Tests.Cases;
using CsCheck;

namespace CmEtl.Engine.Tests.Engine;

/// <summary>A random change of the data: a statement, and which rows of its table it changes.</summary>
/// <param name="Statement">With <c>{rows}</c> in place of the condition and <c>{value}</c> in place of the value.</param>
/// <param name="Key">The column that selects the rows.</param>
/// <param name="Value">A literal.</param>
/// <param name="Seed">Selects the rows; another seed selects others.</param>
/// <param name="Share">Number of rows per 256.</param>
public sealed record WorldChange(string Statement, string Key, string Value, int Seed, int Share)
{
    private static readonly string[] TimeColumns =
    [
        "Scheduled Start Time", "Scheduled End Time", "Visit Start Time", "Visit End Time", "Call In Time", "Call Out Time", "Visit Updated Timestamp",
    ];

    private static readonly string[] Numbers = ["NULL", "'NaN'", "0", "90", "-90.00000001", "123.456", "-0.00001"];

    private static readonly string[] LongTexts = ["repeat('\u00e9', 300)", "repeat('\U0001F3E0', 49) || 'xyz'", "E'tab\\there'", "' padded '", "''", "NULL"];

    private static readonly Gen<string> Gps = Gen.OneOf(
        Gen.Int[0, GpsTextSample.All.Count - 1].Select(i => GpsTextSample.All[i].Text),
        Gen.String[Gen.OneOf<char>([.. "0123456789+-.eE,\" \t\r\n\u0664\u00a0\u2212NaI"]), 0, 24],
        Gen.Select(Part(90), Part(180), Gen.OneOf("", ",", ",12.5", ",,x", "\r\n", " , ")).Select((a, b, rest) => a + "," + b + rest)).Select(Literal);

    /// <summary>All kinds of changes, with ordinary, extreme and unusable values.</summary>
    public static Gen<WorldChange> Any { get; } = Gen.OneOf(
        Gen.Select(Gen.OneOf(TimeColumns), Gen.OneOf(Gen.OneOf(UnusableCases.Times).Select(Literal), Gen.OneOf("NULL")))
            .Select((column, value) => Visit($"\"{column}\" = {{value}}", value)),
        Gen.Select(Gen.OneOf(TimeColumns), Gen.Int[-180, 180]).Select((c, m) => Visit($"\"{c}\" = \"{c}\" + {{value}}", $"interval '{m} minutes'")),
        Gen.OneOf("'infinity'", "'-infinity'", "'0044-03-15 BC'", "'5874897-12-31'", "NULL", "current_date - 20")
            .Select(v => Visit("\"Visit Date\" = {value}", v)),
        Gen.OneOf("'infinity'", "'5874897-12-31'", "NULL").Select(v => Visit("\"Invoice Date\" = {value}", v)),
        Gen.Select(Gen.OneOf("In", "Out"), Gps).Select((end, text) => Visit($"\"Call {end} GPS Coordinates\" = {{value}}", text)),
        Gen.Select(Gen.OneOf("Billed Hours", "Billed Rate", "Bill Rate Non-Billed"), Gen.OneOf(Numbers)).Select((c, v) => Visit($"\"{c}\" = {{value}}", v)),
        Gen.OneOf("'yes'", "'no'", "'YES'", "NULL").Select(v => Visit("\"Billed\" = {value}", v)),
        Gen.OneOf("0", "NULL", "7").Select(v => Visit("\"Application Payer Id\" = {value}, \"Application Contract Id\" = 0", v)),
        Gen.Select(Gen.OneOf("Latitude", "Longitude"), Gen.OneOf(Numbers)).Select((c, v) => Address($"\"{c}\" = {{value}}", v)),
        Gen.OneOf("'infinity'", "'-infinity'", "NULL", "now()").Select(v => Address("\"Application Created UTC Timestamp\" = {value}", v)),
        Gen.OneOf("'gps'", "'GPS'", "'Home; GPS'", "NULL").Select(v => Address("\"Address Type\" = {value}", v)),
        Gen.OneOf("'  ' || \"SSN\" || ' '", "E'\\t' || \"SSN\"", "\"SSN\" || '\u00a0'", "'  '", "NULL")
            .Select(v => new WorldChange("UPDATE analytics.dimcaregiver SET \"SSN\" = {value} WHERE {rows}", "Caregiver Id", v, 0, 0)),
        Gen.OneOf(LongTexts).Select(v => new WorldChange("UPDATE analytics.dimuser SET \"User Fullname\" = {value} WHERE {rows}", "User Id", v, 0, 0)),
        Gen.OneOf(LongTexts).Select(v => new WorldChange(
            "UPDATE analytics.dimcontract SET \"Contract Name\" = left({value}, 250) WHERE {rows}", "Contract Id", v, 0, 0)),
        Gen.OneOf("NULL", "false").Select(v => new WorldChange(
            "UPDATE analytics.dimoffice SET \"Is Active\" = {value} WHERE {rows}", "Office Id", v, 0, 0)),
        Gen.OneOf("NULL", "true").Select(v => new WorldChange("UPDATE analytics.dimpayer SET \"Is Demo\" = {value} WHERE {rows}", "Payer Id", v, 0, 0)),
        Gen.OneOf("NULL", "(SELECT ' ' || min(\"SSN\") || ' ' FROM analytics.dimcaregiver)").Select(v => new WorldChange(
            "INSERT INTO conflict.excluded_ssn (\"ID\", \"SSN\") VALUES ((SELECT coalesce(max(\"ID\"), 0) + 1 FROM conflict.excluded_ssn), {value})", "ID", v, 0, 0)),
        Gen.OneOf("NULL", "'NaN'", "'-3'", "'0'", "'33.333332'").Select(v => new WorldChange(
            """
            ALTER TABLE conflict.mph ALTER "AverageMilesPerHour" TYPE real;
            UPDATE conflict.mph SET "AverageMilesPerHour" = {value} WHERE {rows}
            """, "ID", v, 0, 0)),
        Gen.OneOf("1", "1.2", "0.87", "1.234567").Select(v => new WorldChange(
            "ALTER TABLE conflict.settings ALTER \"ExtraDistancePer\" TYPE real; UPDATE conflict.settings SET \"ExtraDistancePer\" = {value}", "ID", v, 0, 0)),
        Gen.OneOf("'N'", "'Y'", "NULL").Select(v => Pair("\"DistanceFlag\" = {value}, \"SameSchTimeFlag\" = {value}", v)),
        Gen.OneOf("'W'", "'R'", "NULL").Select(v => Pair("\"StatusFlag\" = {value}, \"UpdateFlag\" = 1", v)),
        Gen.OneOf("'infinity'", "now()").Select(v => Pair("\"ResolveDate\" = {value}", v)),
        Gen.OneOf("'infinity'", "'-infinity'").Select(v => Pair("\"ConPTOStartDate\" = {value}", v)))
        .Select(Gen.Int[0, 999], Gen.Int[1, 60], (change, seed, share) => change with { Seed = seed, Share = share });

    /// <summary>The change as SQL.</summary>
    public override string ToString() => Statement
        .Replace("{value}", Value, StringComparison.Ordinal)
        .Replace("{rows}", $"substr(md5(\"{Key}\"::text || '{Seed}'), 1, 2) < '{Share:x2}'", StringComparison.Ordinal);

    private static WorldChange Visit(string what, string value) =>
        new($"UPDATE analytics.factvisitcallperformance_cr SET {what} WHERE {{rows}}", "Visit Id", value, 0, 0);

    private static WorldChange Address(string what, string value) =>
        new($"UPDATE analytics.dimpatientaddress SET {what} WHERE {{rows}}", "Patient Address Id", value, 0, 0);

    private static WorldChange Pair(string what, string value) =>
        new($"UPDATE conflict.conflictvisitmaps SET {what} WHERE {{rows}}", "ID", value, 0, 0);

    private static string Literal(string? text) => text is null ? "NULL" : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static Gen<string> Part(int most) => Gen.Select(
        Gen.OneOf("", " ", "\t", "\r\n", "\""), Gen.Double[-most * 1.01, most * 1.01], Gen.OneOf("", " ", "\t ", "\n", "\""))
        .Select((before, number, after) => before + Model.Float8.Format(Math.Round(number, 5)) + after);
}
