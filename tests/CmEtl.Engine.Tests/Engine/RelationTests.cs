using System.Text.RegularExpressions;

namespace CmEtl.Engine.Tests.Engine;

/// <summary>
/// Relations that are not ordinary tables are found before a run and named, with a remedy that can be run as printed. Schemas and the role
/// have names that need quotes, so that a remedy without quotes fails.
/// </summary>
[Collection(AccountingTestGroup.Name)]
public sealed partial class RelationTests(EngineServer server)
{
    private const string Pairs = "\"Konflikt\".conflictvisitmaps";
    private const string Snapshot = "\"Konflikt\".conflictvisitmaps_temp";
    private const string Caregivers = "\"Analytik\".dimcaregiver";

    private const string Twice = $"ALTER TABLE {Caregivers} DROP CONSTRAINT dimcaregiver_pkey; INSERT INTO {Caregivers} SELECT * FROM {Caregivers} ORDER BY 1 LIMIT 200";

    [Theory]
    [InlineData("Error", "Row security", "\"Analytik\".factvisitcallperformance_cr has row security", """ALTER TABLE "Analytik".factvisitcallperformance_cr ENABLE ROW LEVEL SECURITY""")]
    [InlineData("Error", "Row security", "\"Konflikt\".mph has row security", """ALTER TABLE "Konflikt".mph ENABLE ROW LEVEL SECURITY""")]
    [InlineData("Error", "Row security", $"{Pairs} has row security", $"ALTER TABLE {Pairs} ENABLE ROW LEVEL SECURITY; ALTER TABLE {Pairs} FORCE ROW LEVEL SECURITY")]
    [InlineData("Warning", "Triggers", $"{Pairs} has the trigger \"Sup press\"", $"CREATE TRIGGER \"Sup press\" BEFORE UPDATE ON {Pairs} FOR EACH ROW EXECUTE FUNCTION \"Konflikt\".\"Quiet\"()")]
    [InlineData("Warning", "Triggers", $"{Snapshot} has the trigger t", $"CREATE TRIGGER t BEFORE INSERT ON {Snapshot} FOR EACH ROW EXECUTE FUNCTION \"Konflikt\".\"Quiet\"()")]
    [InlineData("Warning", "Triggers", $"{Pairs} has the trigger t", $"CREATE TRIGGER t BEFORE UPDATE ON {Pairs} FOR EACH ROW EXECUTE FUNCTION \"Konflikt\".\"Quiet\"(); ALTER TABLE {Pairs} ENABLE ALWAYS TRIGGER t")]
    [InlineData("Warning", "Triggers", "calls \"Konflikt\".\"No Path\"() from a trigger", $"CREATE TRIGGER t AFTER UPDATE ON {Pairs} EXECUTE FUNCTION \"Konflikt\".\"No Path\"()")]
    [InlineData("Error", "Rules", $"{Pairs} has the rule \"In stead\"", $"CREATE RULE \"In stead\" AS ON UPDATE TO {Pairs} DO INSTEAD NOTHING")]
    [InlineData("Error", "Rules", $"{Snapshot} has the rule r", $"CREATE RULE r AS ON INSERT TO {Snapshot} DO INSTEAD NOTHING")]
    [InlineData("Error", "Generated columns", $"{Pairs} computes \"UpdatedDate\" itself", $"ALTER TABLE {Pairs} DROP COLUMN \"UpdatedDate\", ADD COLUMN \"UpdatedDate\" timestamp GENERATED ALWAYS AS ('epoch'::timestamp) STORED")]
    [InlineData("Information", "Generated columns", $"{Pairs} computes \"Half\" itself", $"ALTER TABLE {Pairs} ADD COLUMN \"Half\" numeric GENERATED ALWAYS AS (\"ID\" / 2) STORED")]
    [InlineData("Error", "Publications", $"{Pairs} is published by \"Every thing\"", $"ALTER TABLE {Pairs} DROP CONSTRAINT conflictvisitmaps_pkey; CREATE PUBLICATION \"Every thing\" FOR ALL TABLES")]
    [InlineData("Error", "Publications", $"{Pairs} is published by p", $"ALTER TABLE {Pairs} REPLICA IDENTITY NOTHING; CREATE PUBLICATION p FOR TABLE {Pairs}")]
    [InlineData("Error", "Publications", $"{Pairs} is published by p with a column list", $"ALTER TABLE {Pairs} REPLICA IDENTITY FULL; CREATE PUBLICATION p FOR TABLE {Pairs} (\"ID\", \"VisitDate\")")]
    [InlineData("Error", "Publications", $"{Pairs} is published by \"Some rows\" with a row filter", $"CREATE PUBLICATION \"Some rows\" FOR TABLE {Pairs} WHERE (\"StatusFlag\" = 'U')")]
    [InlineData("Error", "Publications", "\"Konflikt\".settings is published by p", "ALTER TABLE \"Konflikt\".settings DROP CONSTRAINT settings_pkey; CREATE PUBLICATION p FOR TABLES IN SCHEMA \"Konflikt\"")]
    [InlineData("Error", "Foreign keys", "foreign key \"Look Up\" of \"Konflikt\".\"Note\"", $"ALTER TABLE {Snapshot} ADD UNIQUE (\"ID\"); CREATE TABLE \"Konflikt\".\"Note\" (id numeric(38,0), CONSTRAINT \"Look Up\" FOREIGN KEY (id) REFERENCES {Snapshot} (\"ID\"))")]
    [InlineData("Warning", "Relations", $"{Pairs} is unlogged", $"ALTER TABLE {Pairs} SET UNLOGGED")]
    [InlineData("Warning", "Look-up keys", $"{Caregivers} has no unique index on \"Caregiver Id\"", $"ALTER TABLE {Caregivers} DROP CONSTRAINT dimcaregiver_pkey")]
    [InlineData("Warning", "Look-up keys", $"{Caregivers} has no unique index on \"Caregiver Id\"", $"ALTER TABLE {Caregivers} DROP CONSTRAINT dimcaregiver_pkey; CREATE UNIQUE INDEX ON {Caregivers} (\"Caregiver Id\") WHERE \"SSN\" <> ''; CREATE UNIQUE INDEX ON {Caregivers} (\"Caregiver Id\", \"SSN\")")]
    [InlineData("Error", "Look-up keys", $"{Caregivers} has 200 values of \"Caregiver Id\" in more than one row", Twice)]
    [InlineData("Error", "Look-up keys", "\"Analytik\".dimoffice has 3 values of \"Office Id\"", """CREATE TABLE "Analytik"."Child" () INHERITS ("Analytik".dimoffice); INSERT INTO "Analytik"."Child" SELECT * FROM "Analytik".dimoffice LIMIT 3; GRANT SELECT ON "Analytik"."Child" TO PUBLIC""")]
    [InlineData("Error", "Relations", $"{Pairs} is a view", $"ALTER TABLE {Pairs} RENAME TO other; CREATE VIEW {Pairs} AS TABLE \"Konflikt\".other; GRANT SELECT, UPDATE ON {Pairs} TO PUBLIC")]
    [InlineData("Warning", "Look-up keys", "\"Analytik\".dimuser has no unique index on \"User Id\"", """ALTER TABLE "Analytik".dimuser RENAME TO other; CREATE MATERIALIZED VIEW "Analytik".dimuser AS TABLE "Analytik".other; GRANT SELECT ON "Analytik".dimuser TO PUBLIC""")]
    [InlineData("Error", "Relations", "\"Analytik\".dimuser is a foreign table", """ALTER TABLE "Analytik".dimuser RENAME TO other; CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w; CREATE FOREIGN TABLE "Analytik".dimuser ("User Id" text, "User Fullname" text) SERVER s; GRANT SELECT ON "Analytik".dimuser TO PUBLIC""")]
    public async Task Every_shape_is_found_and_its_remedy_runs_as_printed(string severity, string check, string message, string damage)
    {
        await using var database = await server.CopyAsync();
        var role = await PrepareAsync(database);
        Assert.DoesNotContain(await CheckAsync(database, role), f => f.Severity != FindingSeverity.Information || f.Check == check);
        await database.ExecuteAsync(damage);

        var finding = Assert.Single(await CheckAsync(database, role), f => f.Message.Contains(message, StringComparison.Ordinal));

        Assert.Equal((severity, check), (finding.Severity.ToString(), finding.Check));
        Assert.Equal(finding.Severity == FindingSeverity.Information, finding.Remedy.Length == 0);
        if (finding.Severity == FindingSeverity.Error)
        {
            await Assert.ThrowsAsync<CmEtlException>(() => database.RunAsync(change: s => Odd(s, role)));
        }

        if (Statement().IsMatch(finding.Remedy))
        {
            await database.ExecuteAsync(finding.Remedy);
            Assert.DoesNotContain(await CheckAsync(database, role), f => f.Message.Contains(message, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData($"CREATE TRIGGER t BEFORE UPDATE ON {Pairs} FOR EACH ROW EXECUTE FUNCTION \"Konflikt\".\"Quiet\"(); ALTER TABLE {Pairs} ENABLE REPLICA TRIGGER t")]
    [InlineData($"CREATE TRIGGER t BEFORE DELETE ON {Pairs} FOR EACH ROW EXECUTE FUNCTION \"Konflikt\".\"Quiet\"()")]
    [InlineData("""ALTER TABLE "Analytik".dimuser ENABLE ROW LEVEL SECURITY; ALTER ROLE {0} BYPASSRLS""")]
    [InlineData("CREATE PUBLICATION p FOR ALL TABLES WITH (publish = 'insert, truncate')")]
    [InlineData($"CREATE PUBLICATION p FOR TABLE {Pairs}")]
    [InlineData($"CREATE PUBLICATION p FOR TABLE {Pairs} (\"ID\", \"VisitDate\") WHERE (\"ID\" > 5)")]
    [InlineData($"ALTER TABLE {Caregivers} DROP CONSTRAINT dimcaregiver_pkey, ADD UNIQUE (\"Caregiver Id\") DEFERRABLE INITIALLY DEFERRED")]
    [InlineData("""ALTER TABLE "Analytik".dimuser RENAME TO other; CREATE VIEW "Analytik".dimuser AS TABLE "Analytik".other; GRANT SELECT ON "Analytik".dimuser TO PUBLIC""")]
    [InlineData($"ALTER TABLE {Snapshot} SET UNLOGGED")]
    public async Task Harmless_properties_give_no_finding(string change)
    {
        await using var database = await server.CopyAsync();
        var role = await PrepareAsync(database);
        await database.ExecuteAsync(change.Replace("{0}", SqlLibrary.Quote(role), StringComparison.Ordinal));
        Assert.DoesNotContain(await CheckAsync(database, role), f => f.Severity != FindingSeverity.Information);
    }

    [Fact]
    public async Task Partitions_are_looked_at_each_for_itself()
    {
        await using var database = await server.CopyAsync();
        var role = await PrepareAsync(database);
        await database.ExecuteAsync($"""
            ALTER TABLE {Pairs} RENAME TO old;
            CREATE TABLE {Pairs} (LIKE "Konflikt".old INCLUDING DEFAULTS) PARTITION BY RANGE ("VisitDate");
            CREATE TABLE "Konflikt"."Part 1" PARTITION OF {Pairs} FOR VALUES FROM (MINVALUE) TO ('2026-01-01');
            CREATE TABLE "Konflikt"."Part 2" PARTITION OF {Pairs} DEFAULT;
            INSERT INTO {Pairs} TABLE "Konflikt".old;
            CREATE INDEX ON {Pairs} ("VisitDate", (coalesce("SSN", '') COLLATE "C"), "ID") WHERE "CONFLICTID" IS NOT NULL;
            ALTER TABLE "Konflikt"."Part 2" REPLICA IDENTITY FULL;
            CREATE TRIGGER t BEFORE UPDATE ON "Konflikt"."Part 1" FOR EACH ROW EXECUTE FUNCTION "Konflikt"."Quiet"();
            CREATE PUBLICATION p FOR TABLE {Pairs} WITH (publish_via_partition_root);
            GRANT SELECT, UPDATE ON {Pairs} TO PUBLIC;
            """);

        var findings = (await CheckAsync(database, role)).Where(f => f.Check is "Publications" or "Triggers").ToList();

        Assert.Equal(2, findings.Count);
        Assert.All(findings, f => Assert.StartsWith("\"Konflikt\".\"Part 1\"", f.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Columns_that_the_server_computes_are_left_to_it()
    {
        await using var plain = await server.CopyAfterRunAsync();
        await using var database = await server.CopyAsync();
        await database.ExecuteAsync("""
            ALTER TABLE conflict.conflictvisitmaps_temp ALTER "ID" TYPE bigint, ALTER "ID" SET NOT NULL, ALTER "ID" ADD GENERATED ALWAYS AS IDENTITY;
            ALTER TABLE conflict.conflictvisitmaps ADD COLUMN "Half" numeric GENERATED ALWAYS AS ("ID" / 2) STORED;
            ALTER TABLE conflict.conflictvisitmaps_temp ADD COLUMN "Half" numeric GENERATED ALWAYS AS ("ID" / 2) STORED,
              ADD COLUMN "Row No" bigint GENERATED ALWAYS AS IDENTITY;
            ALTER TABLE conflict.conflictvisitmaps DROP COLUMN "ConPName", ADD COLUMN "ConPName" text GENERATED ALWAYS AS (NULL) STORED;
            """);

        await database.CompleteAsync();

        Assert.True(await database.ReadAsync<bool>("""SELECT bool_and("Half" = "ID" / 2) AND count(DISTINCT "Row No") = count(*) FROM conflict.conflictvisitmaps_temp"""));
        await database.ExecuteAsync("""
            ALTER TABLE conflict.conflictvisitmaps DROP COLUMN "Half";
            ALTER TABLE conflict.conflictvisitmaps_temp DROP COLUMN "Half", DROP COLUMN "Row No";
            """);
        foreach (var one in (EngineDatabase[])[plain, database])
        {
            await one.ExecuteAsync("ALTER TABLE conflict.conflictvisitmaps DROP COLUMN \"ConPName\"; ALTER TABLE conflict.conflictvisitmaps_temp DROP COLUMN \"ConPName\"");
        }

        Assert.Equal(await TableHash.OfPairsAsync(plain), await TableHash.OfPairsAsync(database));
        Assert.Equal(await TableHash.OfSnapshotAsync(plain), await TableHash.OfSnapshotAsync(database));
    }

    [Fact]
    public async Task A_privilege_in_an_odd_name_is_granted_as_printed()
    {
        await using var database = await server.CopyAsync();
        var role = await PrepareAsync(database);
        await database.ExecuteAsync("REVOKE SELECT ON \"Konflikt\".mph FROM cm_worker; REVOKE USAGE ON SCHEMA \"Analytik\" FROM cm_worker");
        for (var i = 0; i < 2; i++)
        {
            foreach (var finding in (await CheckAsync(database, role)).Where(f => f.Check == "Privileges"))
            {
                await database.ExecuteAsync(finding.Remedy);
            }
        }

        Assert.DoesNotContain(await CheckAsync(database, role), f => f.Severity == FindingSeverity.Error);
    }

    // A worker whose name needs quotes, in schemas whose names do too.
    private static async Task<string> PrepareAsync(EngineDatabase database)
    {
        var role = $"svc-etl@{database.Settings.Database}";
        await database.ExecuteAsync($"""
            ALTER SCHEMA conflict RENAME TO "Konflikt";
            ALTER SCHEMA analytics RENAME TO "Analytik";
            CREATE ROLE "{role}" LOGIN PASSWORD '{RoleScript.Password}' IN ROLE {EngineServer.Worker};
            CREATE FUNCTION "Konflikt"."Quiet"() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS 'BEGIN RETURN NULL; END';
            CREATE FUNCTION "Konflikt"."No Path"() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
            """);
        return role;
    }

    private static EtlSettings Odd(EtlSettings settings, string role) =>
        settings with { User = role, ConflictSchema = "Konflikt", AnalyticsSchema = "Analytik" };

    private static async Task<IReadOnlyList<Finding>> CheckAsync(EngineDatabase database, string role)
    {
        await using var engine = new EtlEngine(Odd(database.Settings, role), database.Log);
        return await engine.CheckAsync(default);
    }

    [GeneratedRegex("^(ALTER|CREATE|DROP|DELETE|GRANT) ")]
    private static partial Regex Statement();
}
