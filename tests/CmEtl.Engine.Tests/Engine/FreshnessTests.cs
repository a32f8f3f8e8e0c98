namespace CmEtl.Engine.Tests.Engine;

/// <summary>The age of the analytics tables is checked before a run.</summary>
[Collection(DeltaTestGroup.Name)]
public sealed class FreshnessTests(EngineServer server)
{
    private const string Age = "UPDATE analytics.factvisitcallperformance_cr SET \"Updated Datatimestamp\" = clock_timestamp() - interval '{0}'";

    [Fact]
    public async Task A_fresh_load_is_reported()
    {
        await using var database = await server.CopyAsync();

        Assert.Matches(@"^The analytics tables are loaded up to \d{4}-\d\d-\d\d \d\d:\d\d UTC, \d+\.\d h ago\.$", (await FindAsync(database, FindingSeverity.Information)).Message);
    }

    [Fact]
    public async Task A_stale_load_refuses_the_start_with_a_remedy()
    {
        await using var database = await server.CopyAsync();
        await StaleAsync(database, "30 hours");

        var finding = await FindAsync(database, FindingSeverity.Error);
        var error = await Assert.ThrowsAsync<CmEtlException>(() => database.RunAsync());
        var first = await Assert.ThrowsAsync<CmEtlException>(() => database.Engine()
            .BeginAsync(new StartRequest(), CancellationToken.None));

        Assert.EndsWith("30.0 h ago; max_analytics_age_hours allows 24.", finding.Message, StringComparison.Ordinal);
        Assert.Contains("let a start wait for them", finding.Remedy, StringComparison.Ordinal);
        Assert.Equal((ErrorIds.AnalyticsStale, ErrorKind.Transient), (error.ErrorId, error.Kind));
        Assert.Equal(ErrorIds.AnalyticsStale, first.ErrorId);
        Assert.Equal(0, await database.ReadAsync<long>("SELECT count(*) FROM cm_etl.run"));
    }

    [Fact]
    public async Task The_limit_can_be_raised_and_turned_off()
    {
        await using var database = await server.CopyAsync();
        await StaleAsync(database, "30 hours");

        Assert.True((await database.RunAsync(change: s => s with { MaxAnalyticsAgeHours = 31 })).SweepSafe);
        Assert.True((await database.RunAsync(change: s => s with { MaxAnalyticsAgeHours = 0 })).SweepSafe);
        Assert.DoesNotContain(await database.Engine(s => s with { MaxAnalyticsAgeHours = 0 }).CheckAsync(CancellationToken.None),
            f => f.Check == "Freshness");
    }

    [Fact]
    public async Task One_stamp_in_the_future_does_not_hide_a_stale_load()
    {
        await using var database = await server.CopyAsync();
        await StaleAsync(database, "30 hours");
        await database.ExecuteAsync(
            """
            UPDATE analytics.factvisitcallperformance_cr SET "Updated Datatimestamp" = 'infinity'
             WHERE "Visit Id" IN (SELECT "VisitID" FROM conflict.conflictvisitmaps WHERE "VisitDate" <= current_date ORDER BY "VisitDate" DESC LIMIT 1)
            """);

        await FindAsync(database, FindingSeverity.Error);
    }

    [Theory]
    [InlineData("ALTER TABLE analytics.factvisitcallperformance_cr DROP COLUMN \"Updated Datatimestamp\"", "a column is missing")]
    [InlineData("UPDATE analytics.factvisitcallperformance_cr SET \"Updated Datatimestamp\" = NULL", "returns no time")]
    public async Task Tables_without_load_stamps_are_a_warning(string change, string message)
    {
        await using var database = await server.CopyAsync();
        await database.ExecuteAsync(change);

        Assert.Contains(message, (await FindAsync(database, FindingSeverity.Warning)).Message, StringComparison.Ordinal);
        Assert.True((await database.RunAsync()).SweepSafe);
    }

    [Theory]
    [InlineData("SELECT clock_timestamp() - interval '1 hour'", "Information", "1.0 h ago")]
    [InlineData("SELECT clock_timestamp() - interval '1 hour';  ", "Information", "1.0 h ago")]
    [InlineData("SELECT clock_timestamp() -- now", "Information", "0.0 h ago")]
    [InlineData("SELECT clock_timestamp() - interval '25 hours'", "Error", "25.0 h ago; max_analytics_age_hours allows 24")]
    [InlineData("SELECT clock_timestamp() + interval '3 days'", "Error", "72.0 h in the future")]
    [InlineData("SELECT 'infinity'::timestamptz", "Error", "returns no time")]
    [InlineData("SELECT NULL::timestamptz", "Error", "returns no time")]
    [InlineData("SELECT now() WHERE false", "Error", "exactly one row")]
    [InlineData("SELECT now() FROM generate_series(1, 2)", "Error", "exactly one row")]
    [InlineData("SELECT localtimestamp", "Error", "returns timestamp without time zone, not timestamptz")]
    [InlineData("SELECT 'yesterday'", "Error", "failed")]
    [InlineData("SELECT now(", "Error", "failed")]
    [InlineData("SELECT loaded_at FROM analytics.loads", "Error", "a table or schema is missing")]
    [InlineData("SELECT \"NotMine\" FROM pg_authid", "Error", "failed")]
    public async Task A_query_of_ones_own_has_to_answer(string query, string severity, string message)
    {
        await using var database = await server.CopyAsync();

        var finding = (await database.Engine(s => s with { FreshnessQuery = query }).CheckAsync(CancellationToken.None))
            .Single(f => f.Check == "Freshness");

        Assert.Equal(severity, finding.Severity.ToString());
        Assert.Contains(message, finding.Message, StringComparison.Ordinal);
        Assert.Equal(severity == "Information", finding.Remedy.Length == 0);
    }

    [Theory]
    [InlineData("SELECT now()) AS q (moment); COMMIT; DELETE FROM conflict.mph; SELECT now() FROM (SELECT now()")]
    [InlineData("WITH gone AS (UPDATE conflict.conflictvisitmaps SET \"UpdateFlag\" = NULL RETURNING 1) SELECT now()")]
    [InlineData("SELECT now() FROM set_config('transaction_read_only', 'off', false)")]
    [InlineData("SELECT now() FROM nextval('conflict.payer_provider_reminders_id_seq')")]
    [InlineData("COMMIT")]
    public async Task A_query_changes_nothing(string query)
    {
        await using var database = await server.CopyAsync();
        const string World = """
            SELECT (SELECT count(*) FROM conflict.mph), (SELECT count(*) FROM conflict.conflictvisitmaps WHERE "UpdateFlag" IS NULL),
                   (SELECT last_value FROM conflict.payer_provider_reminders_id_seq)
            """;
        var before = await database.TextAsync(World);

        var finding =
            (await database.Engine(s => s with { FreshnessQuery = query, User = database.Owner.User, Password = database.Owner.Password })
            .CheckAsync(CancellationToken.None)).Single(f => f.Check == "Freshness");

        Assert.Equal(FindingSeverity.Error, finding.Severity);
        Assert.Equal(before, await database.TextAsync(World));
    }

    [Fact]
    public async Task A_start_waits_for_a_fresh_load()
    {
        await using var database = await server.CopyAsync();
        await StaleAsync(database, "30 hours");
        var run = database.RunAsync(new StartRequest { WaitFresh = TimeSpan.FromMinutes(2) });
        await database.UntilSaidAsync("Waiting for fresh analytics for up to 00:02:00");
        Assert.Equal(0, await database.ReadAsync<long>("SELECT count(*) FROM cm_etl.run"));

        await StaleAsync(database, "1 minute");

        Assert.True((await run).SweepSafe);
    }

    [Fact]
    public async Task A_wait_in_vain_is_an_error_and_starts_nothing()
    {
        await using var database = await server.CopyAsync();
        await StaleAsync(database, "30 hours");

        var error = await Assert.ThrowsAsync<CmEtlException>(
            () => database.RunAsync(new StartRequest { WaitFresh = TimeSpan.FromMilliseconds(50) }));

        Assert.Equal(ErrorIds.AnalyticsStale, error.ErrorId);
        Assert.StartsWith("The analytics tables were not fresh after a wait of 00:00:00. The analytics tables are loaded up to", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, await database.ReadAsync<long>("SELECT count(*) FROM cm_etl.run"));
    }

    private static Task<int> StaleAsync(EngineDatabase database, string age) =>
        database.ExecuteAsync(Age.Replace("{0}", age, StringComparison.Ordinal));

    private static async Task<Finding> FindAsync(EngineDatabase database, FindingSeverity severity)
    {
        var finding = (await database.Engine().CheckAsync(CancellationToken.None)).Single(f => f.Check == "Freshness");
        Assert.Equal(severity, finding.Severity);
        return finding;
    }
}
