namespace CmEtl.Engine.Tests.Engine;

/// <summary>Provokes each finding once.</summary>
[Collection(EngineTestGroup.Name)]
public sealed class PreflightTests(EngineServer server)
{
    [Fact]
    public async Task A_sandbox_has_nothing_to_complain_about()
    {
        await using var database = await server.CopyAsync();
        Assert.DoesNotContain(await CheckAsync(database), f => f.Severity != FindingSeverity.Information);
    }

    [Theory]
    [InlineData("DELETE FROM conflict.settings", "Error", "Settings row", "has 0 rows")]
    [InlineData("INSERT INTO conflict.settings (\"ID\", \"ExtraDistancePer\") VALUES (2, 1.1)", "Warning", "Settings row", "has 2 rows; the one with ID 1")]
    [InlineData("INSERT INTO conflict.settings (\"ID\", \"ExtraDistancePer\") VALUES (2, 1.1); UPDATE conflict.settings SET \"ID\" = 3 WHERE \"ID\" = 1", "Error", "Settings row", "has 2 rows, 0 with ID 1")]
    [InlineData("UPDATE conflict.settings SET \"ExtraDistancePer\" = 0", "Error", "Settings row", "0 with a usable ExtraDistancePer")]
    [InlineData("UPDATE conflict.settings SET \"ExtraDistancePer\" = 'NaN'", "Error", "Settings row", "0 with a usable ExtraDistancePer")]
    [InlineData("ALTER TABLE conflict.settings ALTER \"ExtraDistancePer\" TYPE real; UPDATE conflict.settings SET \"ExtraDistancePer\" = 'Infinity'", "Error", "Settings row", "0 with a usable ExtraDistancePer")]
    [InlineData("ALTER TABLE conflict.settings ALTER \"ExtraDistancePer\" TYPE numeric; UPDATE conflict.settings SET \"ExtraDistancePer\" = 1e60", "Error", "Settings row", "0 with a usable ExtraDistancePer")]
    [InlineData("ALTER TABLE conflict.mph ALTER \"AverageMilesPerHour\" TYPE real; UPDATE conflict.mph SET \"AverageMilesPerHour\" = 'NaN' WHERE \"From\" = 0", "Warning", "Speed bands", "1 of them without a usable")]
    [InlineData("UPDATE conflict.conflictvisitmaps SET \"ID\" = 1e30 WHERE \"ID\" = (SELECT max(\"ID\") FROM conflict.conflictvisitmaps)", "Warning", "Id types", "beyond the range of bigint")]
    [InlineData("UPDATE conflict.conflictvisitmaps SET \"ID\" = 'NaN' WHERE \"ID\" = (SELECT max(\"ID\") FROM conflict.conflictvisitmaps)", "Warning", "Id types", "beyond the range of bigint")]
    [InlineData("ALTER TABLE conflict.conflictvisitmaps ALTER \"ID\" TYPE numeric", "Warning", "Id types", "can hold fractions")]
    [InlineData("UPDATE conflict.payer_provider_reminders SET \"ID\" = 1e37 WHERE \"ID\" = (SELECT max(\"ID\") FROM conflict.payer_provider_reminders)", "Error", "Sequences", "but payer_provider_reminders goes up to 1")]
    [InlineData("UPDATE conflict.settings SET \"InProgressFlag\" = 1", "Information", "In progress", "refresh is running")]
    [InlineData("DROP TABLE analytics.dimoffice", "Error", "Tables and columns", "Table analytics.dimoffice is missing")]
    [InlineData("ALTER TABLE conflict.conflictvisitmaps DROP COLUMN \"DistanceFlag\"", "Error", "Tables and columns", "lacks DistanceFlag")]
    [InlineData("ALTER TABLE conflict.conflictvisitmaps DROP COLUMN \"ETATravleMinutes\"", "Error", "Tables and columns", "neither ETATravleMinutes nor")]
    [InlineData("ALTER TABLE conflict.conflictvisitmaps ALTER \"VisitID\" TYPE text", "Error", "Id types", "conflictvisitmaps.VisitID is text")]
    [InlineData("ALTER TABLE conflict.conflictvisitmaps ALTER \"ID\" DROP DEFAULT, ALTER \"ID\" TYPE text", "Error", "Id types", "conflictvisitmaps.ID has the type text")]
    [InlineData("DELETE FROM conflict.mph", "Warning", "Speed bands", "mph has 0 bands")]
    [InlineData("UPDATE conflict.mph SET \"AverageMilesPerHour\" = NULL WHERE \"From\" = 0", "Warning", "Speed bands", "1 of them without a usable")]
    [InlineData("UPDATE conflict.mph SET \"To\" = 4 WHERE \"From\" = 0", "Warning", "Speed bands", "1 mph bands overlap and 0 share")]
    [InlineData("UPDATE conflict.mph SET \"To\" = 3 WHERE \"From\" = 0", "Warning", "Speed bands", "0 mph bands overlap and 1 share")]
    [InlineData("UPDATE conflict.mph SET \"From\" = 60 WHERE \"From\" = 51", "Information", "Speed bands", "gaps between bands")]
    [InlineData("DROP SCHEMA cm_etl CASCADE", "Error", "Ledger", "There is no ledger in schema cm_etl")]
    [InlineData("DROP INDEX conflict.conflictvisitmaps_cm_etl_chunk", "Warning", "Indexes", "conflictvisitmaps_cm_etl_chunk is missing")]
    [InlineData("ALTER TABLE conflict.conflictvisitmaps_temp ADD COLUMN \"Extra\" text", "Error", "Snapshot columns", "without a source: \"Extra\"")]
    [InlineData("SELECT setval('conflict.payer_provider_reminders_id_seq', 1)", "Error", "Sequences", "would give ID 2 next")]
    public async Task Every_finding_is_found(string damage, string severity, string check, string message)
    {
        await using var database = await server.CopyAsync();
        await database.ExecuteAsync(damage);
        var findings = await CheckAsync(database);
        var finding = Assert.Single(findings, f => f.Message.Contains(message, StringComparison.Ordinal));
        Assert.Equal((severity, check), (finding.Severity.ToString(), finding.Check));
        Assert.Equal(finding.Severity == FindingSeverity.Information, finding.Remedy.Length == 0);
        if (finding.Severity == FindingSeverity.Error)
        {
            var error = await Assert.ThrowsAsync<CmEtlException>(() => database.RunAsync());
            Assert.Equal((ErrorKind.Configuration, "PreflightFailed"), (error.Kind, error.ErrorId));
            Assert.Contains(message, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Too_few_free_connections_give_a_finding_with_the_possible_number_of_workers()
    {
        await using var database = await server.CopyAsync();
        await database.ExecuteAsync($"ALTER DATABASE {database.Settings.Database} CONNECTION LIMIT 6");

        var finding = Assert.Single(await CheckAsync(database), f => f.Check == "Connections");

        Assert.Equal(FindingSeverity.Warning, finding.Severity);
        Assert.Matches(@"takes up to \d+ connections; [1-6] are free", finding.Message);
        Assert.Matches("Set max_concurrency to [1-3],", finding.Remedy);
    }

    [Fact]
    public async Task The_remedy_for_a_sequence_that_lags_behind_works()
    {
        await using var database = await server.CopyAsync();
        await database.ExecuteAsync("SELECT setval('conflict.payer_provider_reminders_id_seq', 1)");
        await database.ExecuteAsync((await CheckAsync(database)).Single(f => f.Check == "Sequences").Remedy);
        Assert.True((await database.CompleteAsync()).RemindersAdded > 0);
    }

    [Fact]
    public async Task A_sequence_that_was_set_but_not_used_does_not_lag_behind()
    {
        await using var database = await server.CopyAsync();
        await database.ExecuteAsync("SELECT setval('conflict.payer_provider_reminders_id_seq', 1000000, false)");
        Assert.DoesNotContain(await CheckAsync(database), f => f.Check == "Sequences");
    }

    [Fact]
    public async Task The_other_spelling_of_the_travel_minutes_works_end_to_end()
    {
        await using var database = await server.CopyAsync();
        await using var same = await server.CopyAfterRunAsync();
        await database.ExecuteAsync("ALTER TABLE conflict.conflictvisitmaps RENAME \"ETATravleMinutes\" TO \"ETATravelMinutes\"");
        await database.CompleteAsync();
        await database.ExecuteAsync("ALTER TABLE conflict.conflictvisitmaps RENAME \"ETATravelMinutes\" TO \"ETATravleMinutes\"");
        Assert.True(await database.ReadAsync<bool>("SELECT bool_or(\"ETATravleMinutes\" > 0) FROM conflict.conflictvisitmaps"));
        Assert.Equal(await TableHash.OfPairsAsync(same), await TableHash.OfPairsAsync(database));
        Assert.Equal(await TableHash.OfSnapshotAsync(same), await TableHash.OfSnapshotAsync(database));
    }

    [Fact]
    public async Task A_wrong_password_is_a_finding_without_the_password()
    {
        await using var database = await server.CopyAsync();
        var findings = await database.Engine(s => s with { Password = "hush-hush" }).CheckAsync(CancellationToken.None);
        var finding = Assert.Single(findings);
        Assert.Equal((FindingSeverity.Error, "Connection", "Check the user, the password and pg_hba.conf."), (finding.Severity, finding.Check, finding.Remedy));
        Assert.DoesNotContain("hush", finding.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Checks_and_previews_work_in_a_session_that_can_only_read()
    {
        await using var database = await server.CopyAsync();
        var role = await RoleAsync(database, "GRANT SELECT ON ALL TABLES IN SCHEMA conflict, analytics, cm_etl TO {0};");
        await database.ExecuteAsync($"ALTER ROLE {role} SET default_transaction_read_only = on");
        var engine = As(database, role);
        var findings = await engine.CheckAsync(CancellationToken.None);
        Assert.Contains(findings, f => f.Message == "This role may not UPDATE conflict.conflictvisitmaps."
            && f.Remedy.StartsWith($"GRANT UPDATE ON conflict.conflictvisitmaps TO {role}; -- as ", StringComparison.Ordinal));
        Assert.Contains(findings, f => f.Message.Contains("payer_provider_reminders_id_seq", StringComparison.Ordinal) && f.Check == "Privileges");
        Assert.All(findings.Where(f => f.Severity == FindingSeverity.Error), f => Assert.Equal("Privileges", f.Check));
        Assert.NotEmpty(await engine.PreviewPlanAsync(Phase.Chunked, CancellationToken.None));
        Assert.Equal("", await engine.GetInitializeScriptAsync(true, CancellationToken.None));
    }

    [Fact]
    public async Task Missing_privileges_to_read_are_findings_too()
    {
        await using var database = await server.CopyAsync();
        var role = await RoleAsync(database, "GRANT SELECT ON ALL TABLES IN SCHEMA conflict, analytics TO {0}; REVOKE SELECT ON conflict.settings, conflict.mph FROM {0};");
        var findings = await As(database, role).CheckAsync(CancellationToken.None);
        Assert.Contains(findings, f => f.Message == "This role may not SELECT conflict.mph.");
        Assert.Contains(findings, f => f.Message == "This role may not SELECT conflict.settings.");
    }

    [Fact]
    public async Task A_schema_that_is_closed_to_the_role_is_a_finding_too()
    {
        await using var database = await server.CopyAsync();
        var role = await RoleAsync(database, "REVOKE USAGE ON SCHEMA analytics FROM {0};");
        var finding = Assert.Single(await As(database, role).CheckAsync(CancellationToken.None), f => f.Severity == FindingSeverity.Error);
        Assert.Equal("This role may not USE schema analytics.", finding.Message);
        Assert.StartsWith($"GRANT USAGE ON SCHEMA analytics TO {role}; -- as ", finding.Remedy, StringComparison.Ordinal);
    }

    private static Task<IReadOnlyList<Finding>> CheckAsync(EngineDatabase database) => database.Engine().CheckAsync(CancellationToken.None);

    private static EtlEngine As(EngineDatabase database, string role) => database.Engine(s => s with { User = role, Password = "reader" });

    // Roles belong to the whole server, so each database has its own.
    private static async Task<string> RoleAsync(EngineDatabase database, string grants)
    {
        var role = $"reader_of_{database.Settings.Database}";
        await database.ExecuteAsync($"CREATE ROLE {role} LOGIN PASSWORD 'reader'; GRANT USAGE ON SCHEMA conflict, analytics, cm_etl TO {role};");
        await database.ExecuteAsync(grants.Replace("{0}", role, StringComparison.Ordinal));
        return role;
    }
}
