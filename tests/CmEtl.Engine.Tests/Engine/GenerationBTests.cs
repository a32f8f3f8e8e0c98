namespace CmEtl.Engine.Tests.Engine;

/// <summary>
/// The later generation of both schemas: uuid and int8 ids, real money and coordinates, times with a zone, another spelling.
/// </summary>
[Collection(DeltaTestGroup.Name)]
public sealed class GenerationBTests(EngineServer server)
{
    internal const string Convert =
        """
        DO $$
        DECLARE c record;
        BEGIN
          FOR c IN
            SELECT table_schema AS s, table_name AS t, column_name AS n,
                   CASE WHEN column_name ~ '^(Application .* Id|Application Id|(Con)?(P_|PA_)?P?App.*ID|ID|CONFLICTID|GroupID|TempGroupID)$' THEN 'bigint'
                        WHEN data_type = 'character varying' AND column_name ~ '( Id|ID)$' AND column_name !~ 'Admission' THEN 'uuid'
                        WHEN column_name ~ 'Bill.*(Rate|Hours|Amount)|^Billed|^ConBilled|Bill Rate|Miles|P(Latitude|Longitude)$' AND data_type IN ('numeric', 'character varying')
                             AND column_name NOT IN ('Billed', 'ConBilled') THEN 'real'
                        WHEN table_name = 'factvisitcallperformance_cr' AND data_type = 'timestamp without time zone' THEN 'timestamptz'
                        WHEN column_name = 'SSN' THEN 'varchar(20)' END AS type
              FROM information_schema.columns
             WHERE table_schema IN ('analytics', 'conflict') AND table_name NOT IN ('dimuser', 'dimuseroffices', 'dimpayerprovider')
               AND table_name IN (SELECT relname FROM pg_class WHERE relkind = 'r')
          LOOP
            CONTINUE WHEN c.type IS NULL;
            EXECUTE format('ALTER TABLE %I.%I ALTER %I TYPE %s USING %I::%s', c.s, c.t, c.n, c.type, c.n, c.type);
          END LOOP;
        END $$;
        ALTER TABLE conflict.conflictvisitmaps RENAME "ETATravleMinutes" TO "ETATravelMinutes";
        ALTER TABLE conflict.conflictvisitmaps_temp RENAME "ETATravleMinutes" TO "ETATravelMinutes";
        ANALYZE;
        """;

    [Fact]
    public async Task A_run_confirms_the_same_pairs_as_in_generation_A()
    {
        await using var first = await server.CopyAsync();
        var expected = await first.CompleteAsync();
        await using var later = await server.CopyAsync();
        await later.ExecuteAsync($"SET TimeZone = 'UTC'; {Convert}");
        Assert.Equal("(uuid,bigint,real,uuid)", await later.TextAsync(
            """
            SELECT (SELECT pg_typeof("VisitID") FROM conflict.conflictvisitmaps LIMIT 1), (SELECT pg_typeof("ID") FROM conflict.conflictvisitmaps LIMIT 1),
                   (SELECT pg_typeof("Billed Rate") FROM analytics.factvisitcallperformance_cr LIMIT 1),
                   (SELECT pg_typeof("PayerID") FROM conflict.payer_provider_reminders LIMIT 1)
            """));
        Assert.DoesNotContain(await later.Engine().CheckAsync(CancellationToken.None), f => f.Severity == FindingSeverity.Error);

        var status = await later.CompleteAsync();
        Assert.True(status.RowsConfirmed > 100);
        Assert.Equal(Counts(expected), Counts(status));
        Assert.Equal(await OutcomesAsync(first, "Travle"), await OutcomesAsync(later, "Travel"));
    }

    [Fact]
    public async Task A_run_with_delta_leaves_the_table_of_a_full_run()
    {
        await using var database = await server.CopyAsync();
        await database.ExecuteAsync($"SET TimeZone = 'UTC'; {Convert}");
        await database.CompleteAsync(change: DeltaTests.Delta);
        await database.ExecuteAsync(
            """
            DELETE FROM analytics.dimpatientaddress WHERE "Patient Id"::text < '1';
            UPDATE analytics.dimoffice SET "Office Name" = 'Changed' WHERE "Office Id"::text < '4';
            UPDATE analytics.factvisitcallperformance_cr SET "Billed Hours" = 5 WHERE "Visit Id"::text < '1';
            """);
        var status = await database.CompleteAsync(change: DeltaTests.Delta);
        Assert.InRange(status.RowsUnchanged, 1, status.RowsConfirmed - 1);
        var table = await TableHash.OfPairsAsync(database);
        await database.CompleteAsync(change: DeltaTests.Full);
        Assert.Equal(await TableHash.OfPairsAsync(database), table);
    }

    private static object Counts(EtlStatus s) => (
        s.RowsPlanned, s.RowsConfirmed, s.RowsUnconfirmed, s.RowsDeferred, s.RemindersAdded, s.RemindersChanged, s.SnapshotRows,
        s.GpsRejects);

    // The results of the rules in a form that is the same in both generations. Coordinates and money are less exact in the later one.
    private static Task<string> OutcomesAsync(EngineDatabase database, string spelling) => database.ReadAsync<string>(
        $"""
        SELECT md5(string_agg(concat_ws('|', "ID", "UpdateFlag", "StatusFlag", "SSN", "VisitDate", "VisitID", "ProviderID", "AppProviderID", "P_PAddressID",
                 "SchStartTime", "VisitStartTime", "EVVStartTime", "ServiceCode", "LastUpdatedBy", "SameSchTimeFlag", "SameVisitTimeFlag",
                 "SchAndVisitTimeSameFlag", "SchOverAnotherSchTimeFlag", "VisitTimeOverAnotherVisitTimeFlag", "SchTimeOverVisitTimeFlag", "DistanceFlag",
                 round("ETA{spelling}Minutes"::numeric, 0)), E'\n' ORDER BY "ID"))
          FROM conflict.conflictvisitmaps
        """);
}
