namespace CmEtl.Engine.Tests.Engine;

/// <summary>Events during and between delta runs, other than changes of the data.</summary>
[Collection(DeltaTestGroup.Name)]
public sealed class DeltaTimeTests(EngineServer server)
{
    private const string LaterVisits =
        """
        UPDATE analytics.factvisitcallperformance_cr AS v SET "Billed Hours" = 66
         WHERE NOT EXISTS (SELECT FROM cm_etl.chunk AS k WHERE k.state IN ('processing', 'done')
                              AND k.run_id = (SELECT run_id FROM cm_etl.run WHERE state = 'running')
                              AND v."Visit Date" BETWEEN k.first_date AND k.last_date)
        """;

    [Fact]
    public async Task A_change_before_a_chunk_is_seen_by_the_chunk()
    {
        await using var database = await server.CopyAsync();
        await database.CompleteAsync(change: One);
        await WhileAsync(database, LaterVisits);
        await EqualsFullRunAsync(database);
    }

    [Fact]
    public async Task A_change_after_a_chunk_is_seen_by_the_next_run()
    {
        await using var database = await server.CopyAsync();
        await database.CompleteAsync(change: One);
        await WhileAsync(database, """UPDATE analytics.dimoffice SET "Office Name" = 'Changed'; UPDATE conflict.mph SET "AverageMilesPerHour" = 9""");
        await database.CompleteAsync(change: One);
        await EqualsFullRunAsync(database);
    }

    [Theory]
    [InlineData("CREATE TABLE public.away AS SELECT * FROM analytics.dimoffice; DELETE FROM analytics.dimoffice", "INSERT INTO analytics.dimoffice SELECT * FROM public.away", "DELETE FROM analytics.dimoffice")]
    [InlineData("SELECT 1", """UPDATE conflict.mph SET "AverageMilesPerHour" = "AverageMilesPerHour" * 3""", """UPDATE conflict.mph SET "AverageMilesPerHour" = "AverageMilesPerHour" / 3""")]
    public async Task A_change_seen_by_some_chunks_of_the_baseline_run_is_noticed(string before, string meanwhile, string afterwards)
    {
        await using var database = await server.CopyAsync();
        await database.ExecuteAsync(before);
        await WhileAsync(database, meanwhile);
        await database.ExecuteAsync(afterwards);
        await database.CompleteAsync(change: One);
        await EqualsFullRunAsync(database);
    }

    /// <summary>A change that is made after the first chunk of a run and undone before the run is verified.</summary>
    private static readonly Dictionary<string, (string Change, string Back)> Passing = new()
    {
        ["exclusion"] = (
            """INSERT INTO conflict.excluded_ssn ("SSN") SELECT DISTINCT "SSN" FROM conflict.conflictvisitmaps""",
            """DELETE FROM conflict.excluded_ssn WHERE "ID" > (SELECT max("ID") FROM public.excluded)"""),
        ["address"] = (
            """
            INSERT INTO analytics.dimpatientaddress ("Patient Address Id", "Patient Id", "Address Type", "Primary Address", "City", "Application Created UTC Timestamp")
            SELECT 'once-' || "Patient Id", "Patient Id", 'GPS', true, 'Once', '2100-01-01' FROM analytics.dimpatient
            """,
            """DELETE FROM analytics.dimpatientaddress WHERE "City" = 'Once'"""),
        ["truncation"] = ("CREATE TABLE public.away AS TABLE analytics.dimoffice; TRUNCATE analytics.dimoffice", "INSERT INTO analytics.dimoffice TABLE public.away"),
        ["name"] = (
            """UPDATE analytics.dimoffice SET "Office Name" = 'x' || "Office Name" """, """UPDATE analytics.dimoffice SET "Office Name" = substr("Office Name", 2)"""),
        ["swap"] = (
            """
            CREATE TABLE analytics.other (LIKE analytics.dimoffice INCLUDING ALL); INSERT INTO analytics.other SELECT * FROM analytics.dimoffice;
            UPDATE analytics.other SET "Office Name" = 'Other'; GRANT SELECT ON analytics.other TO cm_worker;
            ALTER TABLE analytics.dimoffice RENAME TO original; ALTER TABLE analytics.other RENAME TO dimoffice
            """,
            "ALTER TABLE analytics.dimoffice RENAME TO other; ALTER TABLE analytics.original RENAME TO dimoffice"),
    };

    /// <summary>A value that only some chunks have seen must not count for the next run as what was there before and afterwards.</summary>
    [Theory]
    [InlineData("exclusion")]
    [InlineData("address")]
    [InlineData("truncation")]
    [InlineData("name")]
    [InlineData("swap")]
    public async Task A_temporary_change_during_a_run_is_recomputed_by_the_next(string what)
    {
        await using var database = await server.CopyAsync();
        await PassAsync(database, Passing[what]);
        await EqualsFullRunAsync(database);
    }

    /// <summary>Negative control: without the part that detects it, the same change leaves a stale table.</summary>
    [Theory]
    [InlineData("address", "task02/stage_2_visit", "coalesce(v.youngest <= :'look_age'::integer, false) AS fresh", "false AS fresh")]
    [InlineData("truncation", "delta/relook", "SET rows = NULL, fingerprint_id = k.fingerprint_id", "SET layout = i.layout")]
    public async Task Controls_for_temporary_changes(string what, string file, string part, string broken)
    {
        Assert.Contains(part, SqlLibrary.File(file), StringComparison.Ordinal);
        await using var database = await server.CopyAsync();
        SqlLibrary.Control.Value = (name, text) => name == file ? text.Replace(part, broken, StringComparison.Ordinal) : text;
        await PassAsync(database, Passing[what]);
        SqlLibrary.Control.Value = null;

        var table = await TableHash.OfPairsAsync(database);
        await database.CompleteAsync(change: DeltaTests.Full);
        Assert.NotEqual(await TableHash.OfPairsAsync(database), table);
    }

    private const string ThirdChunk =
        "SELECT count(*) >= 2 FROM cm_etl.chunk WHERE state = 'done' AND run_id = (SELECT run_id FROM cm_etl.run ORDER BY number DESC LIMIT 1)";

    private static async Task PassAsync(EngineDatabase database, (string Change, string Back) passing)
    {
        await database.ExecuteAsync("CREATE TABLE public.excluded AS TABLE conflict.excluded_ssn");
        await database.CompleteAsync(change: One);
        await database.ExecuteAsync("""UPDATE analytics.factvisitcallperformance_cr SET "Billed Hours" = 55""");
        Task<EtlStatus> running;
        Task change;
        await using var gate = await UpdateGate.CloseAsync(database, ThirdChunk);
        await using (await UpdateGate.CloseAsync(database))
        {
            running = database.RunAsync(change: One);
            await database.UntilAsync(UpdateGate.Waiting);
            // In one transaction, as a loader does it: a chunk that finds no table of that name between two renames fails. A change that needs
            // an exclusive lock waits for the first chunk, and the second chunk waits for the change.
            change = await database.StartAsync(passing.Change);
        }

        await change;
        await database.UntilAsync($"({ThirdChunk}) AND ({UpdateGate.Waiting})");
        // It may have to wait for the running chunk.
        var back = await database.StartAsync(passing.Back);
        await gate.DisposeAsync();
        await back;
        (await running).AssertCompleted();
        await database.CompleteAsync(change: One);
    }

    [Fact]
    public async Task An_abandoned_run_is_not_a_baseline_and_its_writes_are_recomputed()
    {
        await using var database = await server.CopyAsync();
        var first = await database.CompleteAsync(change: One);
        await database.ExecuteAsync("""UPDATE analytics.dimpatient SET "Patient Name" = 'Changed' WHERE md5("Patient Id") < '8'""");
        Task<EtlStatus> running;
        await using (await UpdateGate.CloseAsync(database))
        {
            running = database.RunAsync(change: One);
            await database.UntilAsync(UpdateGate.Waiting);
            await database.Engine(One).StopAsync(null, abandon: false, force: false, "", CancellationToken.None);
        }

        Assert.Equal(RunState.Stopped, (await running).State);
        await database.ExecuteAsync("""UPDATE analytics.dimpatient SET "Patient Name" = 'Again' WHERE md5("Patient Id") < '5'""");
        await database.CompleteAsync(new StartRequest { New = true }, One);
        Assert.Equal(first.RunId, await database.ReadAsync<string>("SELECT delta_of FROM cm_etl.run ORDER BY started_at DESC LIMIT 1"));
        await EqualsFullRunAsync(database);
    }

    [Theory]
    [InlineData("SELECT 1", true)]
    [InlineData("UPDATE cm_etl.run SET settings_hash = 'other'", false)]
    [InlineData("UPDATE cm_etl.run SET time_zone = 'Europe/Paris'", false)]
    [InlineData("UPDATE cm_etl.run SET state = 'failed', reason = 'x'", false)]
    [InlineData("UPDATE cm_etl.run SET baseline = NULL", false)]
    [InlineData("UPDATE cm_etl.run SET baseline = '9000000000'", false)]
    [InlineData("UPDATE cm_etl.run SET look = NULL", false)]
    [InlineData("""UPDATE cm_etl.run SET look = look || '{"reference": "of another cluster"}'""", false)]
    public async Task Only_a_completed_run_of_the_same_kind_is_a_base(string change, bool isBase)
    {
        await using var database = await server.CopyAsync();
        await database.CompleteAsync(change: One);
        await database.ExecuteAsync(change);
        await database.CompleteAsync(new StartRequest { New = true }, One);
        Assert.Equal(isBase, await database.ReadAsync<bool>("SELECT delta_of IS NOT NULL FROM cm_etl.run ORDER BY started_at DESC LIMIT 1"));
        Assert.Equal(isBase ? 1 : 0, await database.ReadAsync<long>("SELECT count(*) FROM cm_etl.event WHERE kind = 'delta' AND reason LIKE 'against run%'"));
    }

    private static async Task WhileAsync(EngineDatabase database, string change)
    {
        Task<EtlStatus> running;
        await using (await UpdateGate.CloseAsync(database))
        {
            running = database.RunAsync(change: One);
            await database.UntilAsync(UpdateGate.Waiting);
            await database.ExecuteAsync(change);
        }

        (await running).AssertCompleted();
    }

    private static async Task EqualsFullRunAsync(EngineDatabase database)
    {
        var table = await TableHash.OfPairsAsync(database);
        await database.CompleteAsync(change: DeltaTests.Full);
        Assert.Equal(await TableHash.OfPairsAsync(database), table);
    }

    private static EtlSettings One(EtlSettings settings) => DeltaTests.Delta(settings) with { MaxConcurrency = 1, TargetChunkSize = 200 };
}
