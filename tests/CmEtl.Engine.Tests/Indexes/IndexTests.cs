using CmEtl.Engine.Tests.Engine;
using CmEtl.Engine.Tests.Ledger;

namespace CmEtl.Engine.Tests.Indexes;

/// <summary>-Indexes creates the indexes that the statements need, and an unsuitable index is not accepted instead.</summary>
[Collection(EngineTestGroup.Name)]
public sealed class IndexTests(EngineServer server)
{
    private const string Chunk = "conflictvisitmaps_cm_etl_chunk";
    private const string Address = "dimpatientaddress_cm_etl_patient";

    private static readonly string[] All =
    [
        Chunk, "dimcaregiver_cm_etl_key", "dimcontract_cm_etl_key", "dimoffice_cm_etl_key", "dimpatient_cm_etl_key", Address, "dimpayer_cm_etl_key",
        "dimprovider_cm_etl_key", "dimservicecode_cm_etl_key", "dimuser_cm_etl_key", "factvisitcallperformance_cr_cm_etl_key",
    ];

    [Fact]
    public async Task All_missing_indexes_are_created()
    {
        await using var database = await server.CopyAsync();
        await IndexWorld.DropAllAsync(database);
        Assert.Equal(All, (await FindingsAsync(database)).Select(f => f.Message.Split(' ')[1]));

        await using var scripted = await server.CopyAsync();
        await IndexWorld.DropAllAsync(scripted);
        var script = await LedgerWorld.Owner(scripted).GetInitializeScriptAsync(indexes: true, CancellationToken.None);

        Assert.Equal(All, await LedgerWorld.Owner(database).InitializeAsync(indexes: true, CancellationToken.None));
        foreach (var statement in script.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            await scripted.ExecuteAsync(statement);
        }

        foreach (var done in (EngineDatabase[])[database, scripted])
        {
            Assert.Empty(await FindingsAsync(done));
            Assert.Empty(await LedgerWorld.Owner(done).InitializeAsync(indexes: true, CancellationToken.None));
            Assert.Equal("", await LedgerWorld.Owner(done).GetInitializeScriptAsync(indexes: true, CancellationToken.None));
        }
    }

    [Theory]
    [InlineData("CREATE INDEX ON analytics.dimpatientaddress (\"Patient Id\") WHERE \"Primary Address\"")]
    [InlineData("CREATE INDEX ON analytics.dimpatientaddress (\"Patient Address Id\", \"Patient Id\")")]
    [InlineData("CREATE INDEX ON analytics.dimpatientaddress (lower(\"Patient Id\"))")]
    [InlineData("CREATE INDEX ON analytics.dimpatientaddress (\"Patient Id\" COLLATE \"C\")")]
    [InlineData("CREATE INDEX ON analytics.dimpatientaddress USING brin (\"Patient Id\")")]
    [InlineData("CREATE INDEX dimpatientaddress_cm_etl_patient ON analytics.dimpatientaddress (\"Patient Id\") WHERE \"Primary Address\"", true)]
    [InlineData("CREATE INDEX x ON analytics.dimpatientaddress (\"Patient Id\"); UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'analytics.x'::regclass")]
    public async Task An_unsuitable_index_is_not_accepted(string other, bool broken = false)
    {
        await using var database = await server.CopyAsync();
        await database.ExecuteAsync($"DROP INDEX analytics.{Address}; {other}");

        var finding = Assert.Single(await FindingsAsync(database));
        Assert.Contains($"Index {Address} {(broken ? "is not usable" : "is missing")}", finding.Message, StringComparison.Ordinal);
        Assert.Equal([Address], await LedgerWorld.Owner(database).InitializeAsync(indexes: true, CancellationToken.None));
        Assert.Empty(await FindingsAsync(database));
        Assert.True(await database.ReadAsync<bool>(
            $"SELECT indpred IS NULL AND indisvalid FROM pg_index WHERE indexrelid = 'analytics.{Address}'::regclass"));
    }

    [Theory]
    [InlineData("WHERE \"CONFLICTID\" IS NOT NULL AND \"UpdateFlag\" = 1")]
    [InlineData("")]
    [InlineData("WHERE \"CONFLICTID\" IS NOT NULL", "\"VisitDate\", coalesce(\"SSN\", ''), \"ID\"")]
    [InlineData("WHERE \"CONFLICTID\" IS NOT NULL", "\"VisitDate\", \"SSN\", \"ID\"")]
    public async Task A_chunks_index_has_to_be_exactly_that(string condition, string columns = "\"VisitDate\", (coalesce(\"SSN\", '') COLLATE \"C\"), \"ID\"")
    {
        await using var database = await server.CopyAsync();
        await database.ExecuteAsync($"DROP INDEX conflict.{Chunk}; CREATE INDEX {Chunk} ON conflict.conflictvisitmaps ({columns}) {condition}");

        Assert.Contains("is not usable", Assert.Single(await FindingsAsync(database)).Message, StringComparison.Ordinal);
        Assert.Equal([Chunk], await LedgerWorld.Owner(database).InitializeAsync(indexes: true, CancellationToken.None));
        Assert.Empty(await FindingsAsync(database));
    }

    [Theory]
    [InlineData("CREATE INDEX ON analytics.dimpatientaddress (\"Patient Id\", \"Application Created UTC Timestamp\")")]
    [InlineData("CREATE UNIQUE INDEX ON analytics.dimpatientaddress (\"Patient Id\", \"Patient Address Id\") INCLUDE (\"City\")")]
    public async Task A_suitable_index_is_accepted(string other)
    {
        await using var database = await server.CopyAsync();
        await database.ExecuteAsync($"DROP INDEX analytics.{Address}; {other}");

        Assert.Empty(await FindingsAsync(database));
        Assert.Empty(await LedgerWorld.Owner(database).InitializeAsync(indexes: true, CancellationToken.None));
    }

    [Fact]
    public async Task A_build_that_was_interrupted_is_repaired()
    {
        await using var database = await server.CopyAsync();
        await database.ExecuteAsync($"DROP INDEX conflict.{Chunk}");
        await using (var writer = await database.ConnectAsync())
        await using (var transaction = await writer.BeginTransactionAsync())
        {
            await using var update = writer.CreateCommand();
            update.CommandText = "UPDATE conflict.conflictvisitmaps SET \"UpdateFlag\" = \"UpdateFlag\" WHERE \"ID\" = (SELECT min(\"ID\") FROM conflict.conflictvisitmaps)";
            await update.ExecuteNonQueryAsync();
            var error = await Assert.ThrowsAsync<CmEtlException>(() =>
                database.Engine(_ => database.Owner with { LockTimeoutSeconds = 1 })
                    .InitializeAsync(indexes: true, CancellationToken.None));
            Assert.Equal("Postgres55P03", error.ErrorId);
        }

        Assert.Contains("is not usable", Assert.Single(await FindingsAsync(database)).Message, StringComparison.Ordinal);
        Assert.Equal([Chunk], await LedgerWorld.Owner(database).InitializeAsync(indexes: true, CancellationToken.None));
        Assert.Empty(await FindingsAsync(database));
    }

    [Fact]
    public async Task A_partitioned_table_gets_one_per_partition()
    {
        await using var database = await server.CopyAsync();
        await IndexWorld.PartitionPairsAsync(database);
        Assert.Contains("is missing", Assert.Single(await FindingsAsync(database)).Message, StringComparison.Ordinal);

        Assert.Equal([Chunk], await LedgerWorld.Owner(database).InitializeAsync(indexes: true, CancellationToken.None));

        Assert.Empty(await FindingsAsync(database));
        await database.ExecuteAsync("CREATE TABLE conflict.pairs_marked PARTITION OF conflict.pairs_late FOR VALUES IN (7)");
        Assert.Empty(await FindingsAsync(database));
        Assert.Equal((5L, 0L), (await CountAsync(database, "relkind = 'i' AND indisvalid"), await CountAsync(database, "NOT indisvalid")));
        await RoleScript.ApplyAsync(database.Connection, "worker", EngineServer.Worker);
        await database.CompleteAsync();
    }

    [Fact]
    public async Task A_partition_without_its_index_is_found_and_an_interrupted_attachment_is_finished()
    {
        await using var database = await server.CopyAsync();
        await IndexWorld.PartitionPairsAsync(database);
        var steps = (await LedgerWorld.Owner(database).GetInitializeScriptAsync(indexes: true, CancellationToken.None))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (var statement in steps.SkipLast(1))
        {
            await database.ExecuteAsync(statement);
        }

        Assert.Equal(steps[^1..],
            (await LedgerWorld.Owner(database).GetInitializeScriptAsync(indexes: true, CancellationToken.None))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal([Chunk], await LedgerWorld.Owner(database).InitializeAsync(indexes: true, CancellationToken.None));
        Assert.Equal(0L, await CountAsync(database, "NOT indisvalid"));
    }

    [Theory]
    [InlineData("")]  // a ledger that the role may not look into
    [InlineData("DROP SCHEMA cm_etl CASCADE")]
    [InlineData("GRANT USAGE ON SCHEMA cm_etl TO cm_tables; GRANT SELECT ON ALL TABLES IN SCHEMA cm_etl TO cm_tables; COMMENT ON VIEW cm_etl.run_status IS NULL")]
    public async Task The_owner_of_the_tables_needs_no_right_on_the_ledger(string situation)
    {
        await using var database = await server.CopyAsync();
        await IndexWorld.DropAllAsync(database);
        await IndexWorld.GiveTablesAsync(database, "cm_tables");
        await database.ExecuteAsync($"{situation};");
        var ledger = await database.TextAsync("SELECT count(*) FROM pg_class WHERE relnamespace = to_regnamespace('cm_etl')");

        var created = await database.Engine(s => s with { User = "cm_tables" }).InitializeAsync(indexes: true, CancellationToken.None);

        Assert.Equal(All, created);
        Assert.Equal(ledger, await database.TextAsync("SELECT count(*) FROM pg_class WHERE relnamespace = to_regnamespace('cm_etl')"));
    }

    [Fact]
    public async Task Indexes_that_a_role_may_not_create_are_one_error_at_the_end()
    {
        await using var database = await server.CopyAsync();
        await IndexWorld.DropAllAsync(database);
        await IndexWorld.GiveTablesAsync(database, "cm_tables");
        await database.ExecuteAsync("ALTER TABLE conflict.conflictvisitmaps OWNER TO current_user; ALTER TABLE analytics.dimuser OWNER TO current_user");

        var error = await Assert.ThrowsAsync<CmEtlException>(() =>
            database.Engine(s => s with { User = "cm_tables" }).InitializeAsync(indexes: true, CancellationToken.None));

        Assert.Equal(("IndexNotOwned", ErrorKind.Configuration), (error.ErrorId, error.Kind));
        var owner = database.Owner.User;
        Assert.Contains($"conflict.conflictvisitmaps belongs to {owner}, analytics.dimuser belongs to {owner}.", error.Message, StringComparison.Ordinal);
        Assert.Equal([Chunk, "dimuser_cm_etl_key"], (await FindingsAsync(database)).Select(f => f.Message.Split(' ')[1]));
        Assert.All(await FindingsAsync(database), f => Assert.Contains(owner, f.Remedy, StringComparison.Ordinal));
    }

    private static async Task<IEnumerable<Finding>> FindingsAsync(EngineDatabase database) =>
        (await LedgerWorld.Owner(database).CheckAsync(CancellationToken.None)).Where(f => f.Check == "Indexes");

    private static async Task<long> CountAsync(EngineDatabase database, string condition) => await database.ReadAsync<long>(
        $"SELECT count(*) FROM pg_index JOIN pg_class AS c ON c.oid = indexrelid WHERE pg_get_indexdef(indexrelid) LIKE '%COALESCE(\"SSN\"%' AND indrelid <> 'conflict.before_partitions'::regclass AND {condition}");
}
