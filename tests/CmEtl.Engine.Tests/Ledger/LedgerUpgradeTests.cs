using System.Text.RegularExpressions;
using CmEtl.Engine.Tests.Engine;

namespace CmEtl.Engine.Tests.Ledger;

/// <summary>The ledger of every release can be upgraded to the newest version, or is refused with a remedy that works.</summary>
[Collection(EngineTestGroup.Name)]
public sealed partial class LedgerUpgradeTests(EngineServer server)
{
    /// <summary>Number of migrations, and whether they had checksums.</summary>
    public static TheoryData<int, bool> Releases
    {
        get
        {
            var data = new TheoryData<int, bool> { { 1, false } };
            foreach (var m in Migration.All)
            {
                data.Add(m.Version, true);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Releases))]
    public async Task Every_released_ledger_becomes_the_newest_and_keeps_its_run(int version, bool checksums)
    {
        await using var database = await LedgerWorld.SetAsideAsync(server);
        await LedgerWorld.CreateAsync(database, Migration.All.Count(m => m.Version <= version), checksums);

        var applied = await LedgerWorld.Owner(database).InitializeAsync(false, CancellationToken.None);

        Assert.Equal(Migration.All.Where(m => m.Version > version).Select(m => m.Name).Append("views"), applied);
        await LedgerWorld.GrantAsync(database);
        Assert.Equal(await LedgerCatalog.ReadAsync(database, "fresh"), await LedgerCatalog.ReadAsync(database, "cm_etl"));
        Assert.Equal(await database.TextAsync("SELECT version, name, checksum FROM fresh.migration ORDER BY 1"),
            await database.TextAsync("SELECT version, name, checksum FROM cm_etl.migration ORDER BY 1"));
        var status = await database.Engine().GetStatusAsync(null, CancellationToken.None);
        Assert.Equal(RunState.Completed, status.State);
        Assert.Equal(
            await database.ReadAsync<long>("SELECT sum(rows_confirmed)::bigint FROM fresh.chunk"), status.RowsConfirmed);
        Assert.NotEqual(status.RunId, (await database.CompleteAsync()).RunId);
        Assert.Empty(await LedgerWorld.Owner(database).InitializeAsync(false, CancellationToken.None));
    }

    [Theory]
    [MemberData(nameof(Releases))]
    public async Task The_script_has_the_effect_of_the_upgrade(int version, bool checksums)
    {
        await using var database = await LedgerWorld.SetAsideAsync(server);
        await LedgerWorld.CreateAsync(database, Migration.All.Count(m => m.Version <= version), checksums);

        await database.ExecuteAsync(await LedgerWorld.Owner(database).GetInitializeScriptAsync(false, CancellationToken.None));

        await LedgerWorld.GrantAsync(database);
        Assert.Equal(await LedgerCatalog.ReadAsync(database, "fresh"), await LedgerCatalog.ReadAsync(database, "cm_etl"));
        Assert.Equal("", await LedgerWorld.Owner(database).GetInitializeScriptAsync(false, CancellationToken.None));
        Assert.Empty(await LedgerWorld.Owner(database).InitializeAsync(false, CancellationToken.None));
    }

    // Both happened before 001 was frozen, when it was edited in place.
    [Theory]
    [InlineData(@"(?m)^  rows_unchanged .*\n|c\.rows_unchanged, |^.*s\.rows_unchanged.*\n", false, "chunk.rows_unchanged bigint not null")]
    [InlineData(@"(?m)^CREATE INDEX chunk_range .*\n", false, "index chunk_range")]
    [InlineData(@"(?m)^CREATE INDEX chunk_range .*\n", true, "checksum")]
    public async Task A_ledger_of_another_text_is_refused_and_the_remedy_works(string removed, bool checksums, string named)
    {
        await using var database = await LedgerWorld.SetAsideAsync(server);
        await LedgerWorld.CreateAsync(database, 1, checksums, text => Regex.Replace(text, removed, ""));
        if (checksums)
        {
            await database.ExecuteAsync("UPDATE cm_etl.migration SET checksum = '0123456789abcdef'");
        }

        var before = await LedgerCatalog.ReadAsync(database, "cm_etl");
        var owner = LedgerWorld.Owner(database);
        var error = await Assert.ThrowsAsync<CmEtlException>(() => owner.InitializeAsync(false, CancellationToken.None));
        var finding = Assert.Single(await database.Engine().CheckAsync(CancellationToken.None), f => f.Check == "Ledger");
        var start = await Assert.ThrowsAsync<CmEtlException>(() => database.RunAsync());

        Assert.Equal(("LedgerDiffers", ErrorKind.Configuration), (error.ErrorId, error.Kind));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.Equal((FindingSeverity.Error, error.Message), (finding.Severity, finding.Message));
        Assert.Equal("PreflightFailed", start.ErrorId);
        Assert.Equal(before, await LedgerCatalog.ReadAsync(database, "cm_etl"));

        var rename = Rename().Match(error.Remedy);
        await database.ExecuteAsync(rename.Value);
        await owner.InitializeAsync(false, CancellationToken.None);
        await LedgerWorld.GrantAsync(database);
        await database.CompleteAsync();
        Assert.Equal(1, await database.ReadAsync<long>($"SELECT count(*) FROM {rename.Groups["aside"].Value}.run"));
    }

    [Fact]
    public async Task An_older_program_refuses_a_newer_ledger()
    {
        await using var database = await server.CopyAsync();
        await LedgerWorld.ApplyAsync(database, new Migration(999, "999_later", "ALTER TABLE :\"ledger\".run ADD COLUMN later integer;"));
        var before = await LedgerCatalog.ReadAsync(database, "cm_etl");
        var owner = LedgerWorld.Owner(database);

        var error = await Assert.ThrowsAsync<CmEtlException>(() => owner.InitializeAsync(false, CancellationToken.None));
        Assert.Equal(("LedgerNewer", ErrorKind.Configuration), (error.ErrorId, error.Kind));
        Assert.Contains("999", error.Message, StringComparison.Ordinal);
        Assert.Equal("LedgerNewer",
            (await Assert.ThrowsAsync<CmEtlException>(() => owner.GetInitializeScriptAsync(false, CancellationToken.None))).ErrorId);
        Assert.Contains(error.Message, (await Assert.ThrowsAsync<CmEtlException>(() => database.RunAsync())).Message,
            StringComparison.Ordinal);
        Assert.Equal(before, await LedgerCatalog.ReadAsync(database, "cm_etl"));
    }

    [Fact]
    public async Task A_migration_that_fails_leaves_nothing()
    {
        await using var database = await LedgerWorld.SetAsideAsync(server);
        await LedgerWorld.CreateAsync(database, 1, checksums: false);
        var before = await LedgerCatalog.ReadAsync(database, "cm_etl");

        await Assert.ThrowsAnyAsync<Npgsql.NpgsqlException>(() => LedgerWorld.ApplyAsync(
            database, new Migration(999, "999_broken", "ALTER TABLE :\"ledger\".run ADD COLUMN later integer; SELECT 1 / 0;")));

        Assert.Equal(before, await LedgerCatalog.ReadAsync(database, "cm_etl"));
        Assert.Equal(1, await database.ReadAsync<long>("SELECT count(*) FROM cm_etl.migration"));
    }

    [Fact]
    public async Task A_migration_may_change_a_column_that_a_view_reads()
    {
        await using var database = await server.CopyAsync();
        Assert.Equal(["999_wider", "views"], await LedgerWorld.ApplyAsync(
            database, new Migration(999, "999_wider", "ALTER TABLE :\"ledger\".chunk ALTER attempt TYPE bigint;")));
    }

    [Fact]
    public async Task Of_several_that_create_the_ledger_at_once_one_does()
    {
        await using var database = await LedgerWorld.SetAsideAsync(server);
        var applied = await Task.WhenAll(Enumerable.Range(0, 4)
            .Select(_ => LedgerWorld.Owner(database).InitializeAsync(false, CancellationToken.None)));

        Assert.Equal(Migration.All.Select(m => m.Name).Append("views"), Assert.Single(applied, a => a.Count > 0));
    }

    [Fact]
    public async Task Views_keep_their_owner_and_their_grants()
    {
        await using var database = await server.CopyAsync();
        await database.ExecuteAsync("""
            COMMENT ON VIEW cm_etl.run_status IS NULL;
            GRANT SELECT ON cm_etl.run_status TO PUBLIC;
            GRANT SELECT ON cm_etl.chunk_status TO cm_worker WITH GRANT OPTION;
            GRANT SELECT (run_id, state), UPDATE (worker) ON cm_etl.chunk_status TO cm_worker;
            GRANT CREATE ON SCHEMA cm_etl TO cm_operator;
            ALTER VIEW cm_etl.chunk_status OWNER TO cm_operator
            """);
        const string Rights = """
            SELECT c.relname, pg_get_userbyid(c.relowner), a.attname, acl.grantee, acl.privilege_type, acl.is_grantable
              FROM pg_class AS c
              LEFT JOIN pg_attribute AS a ON a.attrelid = c.oid AND (a.attacl IS NOT NULL OR a.attnum = 1)
             CROSS JOIN LATERAL (SELECT * FROM aclexplode(c.relacl) WHERE a.attnum = 1 UNION ALL SELECT * FROM aclexplode(a.attacl)) AS acl
             WHERE c.relnamespace = 'cm_etl'::regnamespace AND c.relkind = 'v' AND acl.grantee <> c.relowner
             ORDER BY 1, 2, 3, 4, 5, 6
            """;
        var before = await database.TextAsync(Rights);
        var finding = Assert.Single(await database.Engine().CheckAsync(CancellationToken.None), f => f.Check == "Ledger");
        Assert.Equal((FindingSeverity.Error, "Create or upgrade the ledger."), (finding.Severity, finding.Remedy));

        Assert.Equal(["views"], await LedgerWorld.Owner(database).InitializeAsync(false, CancellationToken.None));

        Assert.Equal(before, await database.TextAsync(Rights));
        Assert.DoesNotContain(await database.Engine().CheckAsync(CancellationToken.None), f => f.Check == "Ledger");
    }

    [Theory]
    [InlineData("DROP VIEW cm_etl.run_status")]
    [InlineData("DROP VIEW cm_etl.run_status, cm_etl.chunk_status")]
    public async Task Dropped_views_are_created_again(string damage)
    {
        await using var database = await server.CopyAsync();
        var before = await database.TextAsync("SELECT viewname, definition FROM pg_views WHERE schemaname = 'cm_etl' ORDER BY 1");
        await database.ExecuteAsync(damage);

        Assert.Single(await LedgerWorld.Owner(database).CheckAsync(CancellationToken.None), f => f.Check == "Ledger");
        Assert.Equal(["views"], await LedgerWorld.Owner(database).InitializeAsync(false, CancellationToken.None));
        Assert.Equal(before, await database.TextAsync("SELECT viewname, definition FROM pg_views WHERE schemaname = 'cm_etl' ORDER BY 1"));
    }

    [Fact]
    public async Task The_ledger_is_not_upgraded_during_a_run()
    {
        await using var database = await server.CopyAsync();
        var run = await database.Engine().BeginAsync(new StartRequest(), CancellationToken.None);
        await database.ExecuteAsync("COMMENT ON VIEW cm_etl.run_status IS NULL");

        var error = await Assert.ThrowsAsync<CmEtlException>(() => LedgerWorld.Owner(database)
            .InitializeAsync(false, CancellationToken.None));
        Assert.Equal(("LedgerInUse", run.RunId), (error.ErrorId, error.Subject));

        await database.ExecuteAsync("UPDATE cm_etl.run SET lease_until = clock_timestamp() - interval '1 second'");
        Assert.Equal(["views"], await LedgerWorld.Owner(database).InitializeAsync(false, CancellationToken.None));
        Assert.Equal(run.RunId, (await database.CompleteAsync()).RunId);
    }

    [Theory]
    [InlineData("CREATE VIEW public.board AS SELECT run_id, state FROM cm_etl.run_status", "DROP VIEW public.board", "view public.board")]
    [InlineData("CREATE TABLE public.kept (status cm_etl.run_status)", "DROP TABLE public.kept", "table public.kept")]
    [InlineData("CREATE FUNCTION public.newest() RETURNS SETOF cm_etl.run_status LANGUAGE sql AS 'SELECT * FROM cm_etl.run_status'", "DROP FUNCTION public.newest()", "function public.newest()")]
    public async Task Objects_that_depend_on_the_views_are_named(string create, string drop, string named)
    {
        await using var database = await server.CopyAsync();
        await database.ExecuteAsync("COMMENT ON VIEW cm_etl.run_status IS NULL");
        await database.ExecuteAsync(create);

        var error = await Assert.ThrowsAsync<CmEtlException>(() => LedgerWorld.Owner(database)
            .InitializeAsync(false, CancellationToken.None));
        Assert.Equal("LedgerInUse", error.ErrorId);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);

        await database.ExecuteAsync(drop);
        Assert.Equal(["views"], await LedgerWorld.Owner(database).InitializeAsync(false, CancellationToken.None));
    }

    [Theory]
    [InlineData("COMMENT ON VIEW cm_etl.run_status IS NULL", "belongs to cmetl")]
    [InlineData("REVOKE ALL ON SCHEMA cm_etl FROM cm_worker", "belongs to cmetl")]
    [InlineData("DROP SCHEMA cm_etl CASCADE", "may not create schema cm_etl in database")]
    [InlineData("DROP SCHEMA cm_etl CASCADE; CREATE SCHEMA cm_etl; GRANT USAGE ON SCHEMA cm_etl TO cm_worker", "may not create tables in schema cm_etl")]
    public async Task A_role_that_may_not_change_the_ledger_gets_one_error(string situation, string message)
    {
        await using var database = await server.CopyAsync();
        await database.ExecuteAsync(situation);

        var error = await Assert.ThrowsAsync<CmEtlException>(() => database.Engine().InitializeAsync(false, CancellationToken.None));

        Assert.Equal(("LedgerNotOwned", ErrorKind.Configuration), (error.ErrorId, error.Kind));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(error.Remedy);
    }

    [Fact]
    public async Task A_role_that_may_not_change_the_ledger_is_not_asked_for_anything_while_it_is_current()
    {
        await using var database = await server.CopyAsync();
        Assert.Empty(await database.Engine().InitializeAsync(false, CancellationToken.None));
    }

    [Fact]
    public async Task Whatever_001_creates_is_looked_for()
    {
        await using var database = await LedgerWorld.SetAsideAsync(server);
        await LedgerWorld.CreateAsync(database, 1, checksums: false);
        await database.ExecuteAsync("DROP VIEW cm_etl.run_status, cm_etl.chunk_status");
        var sql = new EngineInternals(database.Owner).Sql["checks/ledger_001"].Replace("@ledger_schema", "'cm_etl'", StringComparison.Ordinal);
        var drops = (await database.ReadAsync<string>("""
            SELECT string_agg(statement, chr(10))
              FROM (SELECT format('ALTER TABLE cm_etl.%I DROP COLUMN %I CASCADE', c.relname, a.attname)
                      FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0
                     WHERE c.oid IN ('cm_etl.run'::regclass, 'cm_etl.chunk'::regclass, 'cm_etl.event'::regclass)
                    UNION ALL
                    SELECT format('ALTER TABLE cm_etl.%I ALTER %I DROP NOT NULL', c.relname, a.attname)
                      FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND a.attnotnull AND a.attidentity = ''
                     WHERE c.oid IN ('cm_etl.run'::regclass, 'cm_etl.chunk'::regclass, 'cm_etl.event'::regclass)
                       AND NOT EXISTS (SELECT FROM pg_index AS i WHERE i.indrelid = c.oid AND i.indisprimary AND a.attnum = ANY (i.indkey))
                    UNION ALL
                    SELECT 'DROP INDEX ' || i.indexrelid::regclass
                      FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indrelid
                     WHERE c.oid IN ('cm_etl.run'::regclass, 'cm_etl.chunk'::regclass, 'cm_etl.event'::regclass) AND NOT i.indisprimary) AS d (statement)
            """)).Split('\n');

        foreach (var drop in drops)
        {
            await using var transaction = await database.Connection.BeginTransactionAsync();
            await database.ExecuteAsync(drop);
            Assert.NotEqual(0, await database.ReadAsync<long>($"SELECT count(*) FROM ({sql.TrimEnd().TrimEnd(';')}) AS missing"));
            await transaction.RollbackAsync();
        }

        Assert.Equal(0, await database.ReadAsync<long>($"SELECT count(*) FROM ({sql.TrimEnd().TrimEnd(';')}) AS missing"));
    }

    [GeneratedRegex("""ALTER SCHEMA "cm_etl" RENAME TO "(?<aside>\w+)";""")]
    private static partial Regex Rename();
}
