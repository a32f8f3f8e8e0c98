using CmEtl.Engine;
using Npgsql;

namespace CmEtl.Chaos.Nights;

/// <summary>The database of one world: a copy of the server's template with the world's visits and pairs.</summary>
internal sealed class WorldDatabase : IAsyncDisposable
{
    /// <summary>Caregivers, each employed by two providers.</summary>
    public const int Persons = 6;

    private const int FirstPair = 10_000;

    private WorldDatabase(NightServer server, string name)
    {
        Server = server;
        Name = name;
    }

    public NightServer Server { get; }

    public string Name { get; }

    /// <summary>Settings for the role that runs the pipeline.</summary>
    public EtlSettings Settings => Server.Settings with { Database = Name };

    public static async Task<WorldDatabase> CreateAsync(NightServer server, World world)
    {
        var database = new WorldDatabase(server, await server.CopyAsync());
        try
        {
            await using var connection = await database.ConnectAsync("world");
            await connection.ExecuteAsync(world.Partitioned ? $"{PartitionVisits};{Visits}" : Visits, default, [.. VisitParameters(world)]);
            await connection.ExecuteAsync(Pairs, default, [.. PairParameters(world)]);
            await connection.ExecuteAsync(NightServer.Analyze, default);
            return database;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens a session of the tables' owner.</summary>
    /// <param name="application">Its application_name. Writes under any name other than these are attributed to the engine.</param>
    /// <param name="zone">Its time zone.</param>
    public Task<NpgsqlConnection> ConnectAsync(string application, string zone = "UTC") => Server.ConnectAsync(Name, application, zone);

    public async Task ExecuteAsync(string sql, string application = "owner")
    {
        await using var connection = await ConnectAsync(application);
        await connection.ExecuteAsync(sql, default);
    }

    public async Task<T> ReadAsync<T>(string sql)
    {
        await using var connection = await ConnectAsync("owner");
        return (await connection.QueryAsync(sql, r => r.GetFieldValue<T>(0), default)).Single();
    }

    public async ValueTask DisposeAsync() => await Server.DropAsync(Name);

    private static IEnumerable<(string, object?)> VisitParameters(World world)
    {
        var visits = world.Pairs.SelectMany((p, n) => p.Shape == PairShape.NoVisit
            ? [(p, n, Side: 1)] : new[] { (p, n, Side: 1), (p, n, Side: 2) }).ToList();
        yield return ("id", visits.Select(v => VisitId(v.n, v.Side)).ToArray());
        yield return ("number", visits.Select(v => (v.n * 2) + v.Side).ToArray());
        yield return ("side", visits.Select(v => v.Side).ToArray());
        yield return ("day", visits.Select(v => v.p.Day).ToArray());
        yield return ("person", visits.Select(v => v.p.Person).ToArray());
        yield return ("planned", visits.Select(v => Planned(v.p.Shape, v.Side)).ToArray());
        yield return ("worked_from", visits.Select(v => Worked(v.p.Shape, v.Side).From).ToArray());
        yield return ("worked_to", visits.Select(v => Worked(v.p.Shape, v.Side).To).ToArray());
        yield return ("place", visits.Select(v => v.p.Shape != PairShape.Travelled ? null : v.Side == 1 ? "40.70,-74.00" : "40.90,-74.00").ToArray());
    }

    private static IEnumerable<(string, object?)> PairParameters(World world)
    {
        var rows = world.Pairs.SelectMany((p, n) => p.Mirrored ? [(p, n, Side: 1), (p, n, Side: 2)] : new[] { (p, n, Side: 1) }).ToList();
        yield return ("id", rows.Select(r => FirstPair + (r.n * 2) + r.Side).ToArray());
        yield return ("visit", rows.Select(r => VisitId(r.n, r.Side)).ToArray());
        yield return ("con_visit", rows.Select(r => VisitId(r.n, 3 - r.Side)).ToArray());
        yield return ("day", rows.Select(r => r.p.Day).ToArray());
        yield return ("person", rows.Select(r => r.p.Person).ToArray());
        yield return ("status", rows.Select(r => r.p.Status).ToArray());
        yield return ("marked", rows.Select(r => r.p.Marked).ToArray());
        yield return ("deferred", rows.Select(r => r.p.Deferred).ToArray());
    }

    private static string VisitId(int pair, int side) => $"visit-{pair}-{side}";

    /// <summary>The hour at which the two scheduled hours begin.</summary>
    private static double Planned(PairShape shape, int side) => side == 1 ? 8 : shape switch
    {
        PairShape.Planned or PairShape.PlannedWorked => 8,
        PairShape.Apart => 14,
        _ => 9,
    };

    private static (double? From, double? To) Worked(PairShape shape, int side) => (shape, side) switch
    {
        (PairShape.Worked, _) => (8.25, 10),
        (PairShape.WorkedOverlap, 1) => (8, 10),
        (PairShape.WorkedOverlap, _) => (9.5, 11),
        (PairShape.PlannedWorked, 2) => (8, 10),
        (PairShape.Travelled, 1) => (8, 10),
        (PairShape.Travelled, _) => (10.1, 12),
        (PairShape.ClockedIn, 1) => (8, null),
        _ => (null, null),
    };

    private const string PartitionVisits =
        """
        ALTER TABLE analytics.factvisitcallperformance_cr RENAME TO whole;
        CREATE TABLE analytics.factvisitcallperformance_cr (LIKE analytics.whole, PRIMARY KEY ("Visit Id")) PARTITION BY HASH ("Visit Id");
        CREATE TABLE analytics.visits_0 PARTITION OF analytics.factvisitcallperformance_cr FOR VALUES WITH (MODULUS 2, REMAINDER 0);
        CREATE TABLE analytics.visits_1 PARTITION OF analytics.factvisitcallperformance_cr FOR VALUES WITH (MODULUS 2, REMAINDER 1);
        DROP TABLE analytics.whole;
        GRANT SELECT ON ALL TABLES IN SCHEMA analytics TO cm_worker
        """;

    private const string Visits =
        """
        INSERT INTO analytics.factvisitcallperformance_cr (
               "Visit Id", "Application Visit Id", "Visit Date", "Caregiver Id", "Application Caregiver Id", "Provider Id", "Application Provider Id",
               "Office Id", "Provider Patient Id", "Payer Patient Id", "Payer Id", "Application Payer Id", "Contract Id", "Application Contract Id",
               "Service Code Id", "Visit Updated User Id", "Scheduled Start Time", "Scheduled End Time", "Visit Start Time", "Visit End Time",
               "Call In GPS Coordinates", "Call Out GPS Coordinates", "Bill Type", "Billed", "Billed Rate", "Is Missed", "Updated Datatimestamp")
        SELECT id, number, current_date + day, format('Caregiver-%s-%s', side, person), side, format('Provider-%s-%s', side, person % 3), side,
               'Office-' || side, 'Patient-' || side, 'PayerPatient-' || side, 'Payer-' || side, side, 'Contract-' || side, side,
               'ServiceCode-' || side, 'User-' || side, current_date + day + planned * interval '1 hour', current_date + day + (planned + 2) * interval '1 hour',
               current_date + day + worked_from * interval '1 hour', current_date + day + worked_to * interval '1 hour',
               place, place, 'Hourly', 'no', 30.125, false, now()
          FROM unnest(@id, @number, @side, @day, @person, @planned, @worked_from, @worked_to, @place)
            AS v (id, number, side, day, person, planned, worked_from, worked_to, place)
        """;

    private const string Pairs =
        """
        INSERT INTO conflict.conflictvisitmaps (
               "ID", "CONFLICTID", "VisitID", "ConVisitID", "VisitDate", "SSN", "StatusFlag", "UpdateFlag", "InserviceStartDate", "UpdatedDate",
               "SameSchTimeFlag", "SameVisitTimeFlag", "SchAndVisitTimeSameFlag", "SchOverAnotherSchTimeFlag", "VisitTimeOverAnotherVisitTimeFlag",
               "SchTimeOverVisitTimeFlag", "DistanceFlag", "ResolvedBy")
        SELECT id, id, visit, con_visit, current_date + day, '000-00-000' || person, status, CASE WHEN marked THEN 1 END,
               CASE WHEN deferred THEN current_date END, now() - interval '1 day', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'before'
          FROM unnest(@id, @visit, @con_visit, @day, @person, @status, @marked, @deferred) AS p (id, visit, con_visit, day, person, status, marked, deferred)
        """;
}
