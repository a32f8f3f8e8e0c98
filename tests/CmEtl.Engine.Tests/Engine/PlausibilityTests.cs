namespace CmEtl.Engine.Tests.Engine;

/// <summary>A completed run with an impossible result is not sweep-safe, says why, and can be approved.</summary>
[Collection(DeltaTestGroup.Name)]
public sealed class PlausibilityTests(EngineServer server)
{
    [Fact]
    public async Task A_sandbox_is_plausible_without_a_history_and_with_one()
    {
        await using var database = await server.CopyAsync();
        Assert.Equal((true, "", ""), Signals(await database.CompleteAsync()));
        Assert.Equal((true, "", ""), Signals(await database.CompleteAsync()));
    }

    [Theory]
    [InlineData("TRUNCATE analytics.dimcaregiver", "analytics.dimcaregiver contains no caregiver with an SSN", "max_unconfirmed_percent = 50")]
    [InlineData("UPDATE analytics.dimcaregiver SET \"SSN\" = ' '", "analytics.dimcaregiver contains no caregiver with an SSN", "unconfirmed")]
    [InlineData("TRUNCATE analytics.factvisitcallperformance_cr", "analytics.factvisitcallperformance_cr contains no visit", "unconfirmed")]
    [InlineData("UPDATE analytics.dimprovider SET \"Is Active\" = false", "analytics.dimprovider contains no active provider", "unconfirmed")]
    [InlineData("DELETE FROM analytics.dimcaregiver WHERE hashtext(\"Caregiver Id\") % 2 = 0", "max_unconfirmed_percent = 50", "unconfirmed")]
    [InlineData("INSERT INTO conflict.excluded_agency (\"ProviderID\") SELECT \"Provider Id\" FROM analytics.dimprovider", "max_unconfirmed_percent = 50", "unconfirmed")]
    [InlineData("DELETE FROM analytics.factvisitcallperformance_cr WHERE \"Visit Date\" <> current_date - 1", "max_unconfirmed_percent = 50", "unconfirmed")]
    public async Task A_load_that_failed_makes_the_first_run_implausible(string damage, string why, string also)
    {
        await using var database = await server.CopyAsync();
        await database.ExecuteAsync(damage);

        var status = await database.RunAsync(change: s => s with { MaxAnalyticsAgeHours = 0 });

        Assert.Equal((RunState.Completed, false), (status.State, status.SweepSafe));
        Assert.Equal(status.Implausible, status.Reason);
        Assert.StartsWith("not plausible: ", status.Reason, StringComparison.Ordinal);
        Assert.Contains(why, status.Reason, StringComparison.Ordinal);
        Assert.Contains(also, status.Reason, StringComparison.Ordinal);
        Assert.Equal(ErrorIds.RunImplausible, RunEnd.ProblemOf(status)!.ErrorId);
    }

    [Theory]
    [InlineData("TRUNCATE analytics.dimcaregiver")]
    [InlineData("TRUNCATE analytics.factvisitcallperformance_cr")]
    public async Task An_empty_table_is_never_plausible_whatever_the_limits_are(string damage)
    {
        await using var database = await server.CopyAsync();
        await database.ExecuteAsync(damage);

        var status = await database.RunAsync(change: Unlimited);

        Assert.False(status.SweepSafe);
        Assert.Matches("not plausible: analytics.\\w+ contains no", status.Reason);
    }

    [Fact]
    public async Task A_small_loss_is_seen_against_the_median_of_recent_runs()
    {
        await using var database = await server.CopyAfterRunAsync();
        await database.ExecuteAsync("DELETE FROM analytics.dimcaregiver WHERE hashtext(\"Caregiver Id\") % 12 = 0");

        var doubted = await database.RunAsync();
        var again = await database.RunAsync();

        Assert.Contains("max_unconfirmed_growth = 5", doubted.Reason, StringComparison.Ordinal);
        Assert.Contains("the median of the last 1 runs", doubted.Reason, StringComparison.Ordinal);
        // A run that later tasks did not rely on is no reference for the next one.
        Assert.Contains("the median of the last 1 runs", again.Reason, StringComparison.Ordinal);
        Assert.True((await database.RunAsync(change: Unlimited)).SweepSafe);
    }

    [Fact]
    public async Task Values_that_cannot_be_used_any_more_weigh_in()
    {
        await using var database = await server.CopyAfterRunAsync();
        await database.ExecuteAsync(
            "UPDATE analytics.factvisitcallperformance_cr SET \"Call In GPS Coordinates\" = 'N' || \"Call In GPS Coordinates\" WHERE \"Call In GPS Coordinates\" LIKE '4%'");

        Assert.Contains("GPS texts could not be read", (await database.RunAsync()).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pairs_that_a_value_of_no_use_may_have_decided_weigh_in()
    {
        await using var database = await server.CopyAfterRunAsync();
        await database.ExecuteAsync("UPDATE analytics.factvisitcallperformance_cr SET \"Scheduled Start Time\" = 'infinity' WHERE \"Visit Id\" < '2'");

        var status = await database.RunAsync();

        Assert.True(status.RowsDoubtful > 50);
        Assert.False(status.SweepSafe);
        Assert.Contains("name a value that could not be used", status.Reason, StringComparison.Ordinal);
        Assert.Contains("days, times and numbers could not be used", status.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_that_is_far_smaller_than_recent_ones_is_implausible()
    {
        await using var database = await server.CopyAfterRunAsync();
        await database.ExecuteAsync("DELETE FROM conflict.conflictvisitmaps WHERE \"ID\" % 3 > 0");

        Assert.Matches(@"\d+ rows are planned, where the median of the last 1 runs is \d+", (await database.RunAsync()).Reason);
    }

    [Fact]
    public async Task A_table_that_is_empty_while_one_chunk_works_is_noticed()
    {
        await using var database = await server.CopyAsync();
        await BadRow.PlantAsync(database, "OLD.\"ID\" = 2");
        await database.RunAsync();
        await BadRow.RemoveAsync(database);
        await database.ExecuteAsync("CREATE TABLE public.kept AS TABLE analytics.dimcaregiver; DELETE FROM analytics.dimcaregiver");
        var open = await database.ReadAsync<int>("SELECT chunk_id FROM cm_etl.chunk WHERE state <> 'done'");
        await database.Engine().ProcessChunkAsync(null, open, CancellationToken.None);
        await database.ExecuteAsync("INSERT INTO analytics.dimcaregiver TABLE public.kept");

        var status = await database.RunAsync();

        Assert.Contains($"such as chunk {open}: 100.0 % of its", status.Reason, StringComparison.Ordinal);
        Assert.False(status.SweepSafe);
    }

    [Theory]
    [InlineData("analytics.dimcaregiver", "caregiver with an SSN")]
    [InlineData("analytics.factvisitcallperformance_cr", "visit")]
    public async Task A_table_that_is_empty_while_a_small_chunk_works_is_noticed(string table, string what)
    {
        await using var database = await server.CopyAsync();
        await BadRow.PlantAsync(database, "OLD.\"ID\" = 2");
        await database.RunAsync(change: Small);
        await BadRow.RemoveAsync(database);
        await database.ExecuteAsync($"CREATE TABLE public.kept AS TABLE {table}; DELETE FROM {table}");
        var open = await database.ReadAsync<int>("SELECT min(chunk_id) FROM cm_etl.chunk WHERE state <> 'done'");
        await database.Engine(Small).ProcessChunkAsync(null, open, CancellationToken.None);
        await database.ExecuteAsync($"INSERT INTO {table} TABLE public.kept");

        var status = await database.RunAsync(change: Small);

        Assert.Equal((RunState.Completed, false), (status.State, status.SweepSafe));
        Assert.Contains($"1 chunks, such as chunk {open}, found that {table} contains no {what}", status.Reason, StringComparison.Ordinal);
        Assert.True((await database.CompleteAsync(new StartRequest { New = true }, Small)).SweepSafe);
    }

    private static EtlSettings Small(EtlSettings settings) => settings with { TargetChunkSize = 20, MaxChunkSize = 30 };

    [Fact]
    public async Task A_completed_run_is_sweep_safe_for_as_long_as_it_may_be()
    {
        await using var database = await server.CopyAsync();
        await database.CompleteAsync(change: s => s with { SweepSafeMaxAgeHours = 2 });
        await AgeAsync(database, "119 minutes");
        Assert.True((await StatusAsync(database)).SweepSafe);
        Assert.True((await OperatorReadsAsync(database)).SweepSafe);

        await AgeAsync(database, "2 minutes");
        var old = await StatusAsync(database);

        Assert.Equal((RunState.Completed, false), (old.State, old.SweepSafe));
        Assert.Contains("sweep_safe_max_age_hours", old.Reason, StringComparison.Ordinal);
        Assert.Equal(ErrorIds.RunNotSweepSafe, RunEnd.ProblemOf(old)!.ErrorId);
        Assert.Equal((false, old.Reason), await OperatorReadsAsync(database));
    }

    [Fact]
    public async Task A_run_whose_end_lies_in_the_future_was_timed_by_another_clock_and_is_not_sweep_safe()
    {
        await using var database = await server.CopyAfterRunAsync();
        await AgeAsync(database, "-1 hour");

        Assert.False((await StatusAsync(database)).SweepSafe);
    }

    [Fact]
    public async Task Without_a_limit_a_run_stays_sweep_safe()
    {
        await using var database = await server.CopyAsync();
        await database.CompleteAsync(change: s => s with { SweepSafeMaxAgeHours = 0 });
        await AgeAsync(database, "400 days");

        Assert.True((await StatusAsync(database)).SweepSafe);
    }

    [Fact]
    public async Task A_newer_run_takes_the_older_ones_place()
    {
        await using var database = await server.CopyAsync();
        var first = await database.CompleteAsync();
        await BadRow.PlantAsync(database, "true");
        var second = await database.RunAsync();

        var old = await database.Engine().GetStatusAsync(first.RunId, CancellationToken.None);

        Assert.Equal((false, $"not sweep-safe: run {second.RunId} was started after it"), (old.SweepSafe, old.Reason));
    }

    [Fact]
    public async Task A_run_that_an_older_version_completed_was_never_checked()
    {
        await using var database = await server.CopyAfterRunAsync();
        await database.ExecuteAsync("UPDATE cm_etl.run SET sweep_safe_until = NULL, measures = NULL");

        var status = await StatusAsync(database);

        Assert.False(status.SweepSafe);
        Assert.Contains("does not check", status.Reason, StringComparison.Ordinal);
    }

    private static (bool, string, string) Signals(EtlStatus status) => (status.SweepSafe, status.Reason, status.Implausible);

    private static EtlSettings Unlimited(EtlSettings s) =>
        s with { MaxUnconfirmedPercent = 100, MaxUnconfirmedGrowth = 100, MaxAnalyticsAgeHours = 0 };

    private static Task<EtlStatus> StatusAsync(EngineDatabase database) => database.Engine().GetStatusAsync(null, CancellationToken.None);

    private static Task<int> AgeAsync(EngineDatabase database, string time) => database.ExecuteAsync(
        $"""
        UPDATE cm_etl.run SET started_at = started_at - interval '{time}', finished_at = finished_at - interval '{time}',
               sweep_safe_until = sweep_safe_until - interval '{time}'
        """);

    // Runs sql/status/sweep_safe.sql as an operator would.
    private static async Task<(bool SweepSafe, string Why)> OperatorReadsAsync(EngineDatabase database)
    {
        var sql = new SqlLibrary(new Dictionary<string, string> { ["conflict"] = "conflict", ["analytics"] = "analytics", ["ledger"] = "cm_etl" });
        await using var connection = await EngineDatabase.ConnectAsync(database.Settings with { User = EngineServer.Operator });
        return (await connection.QueryAsync(
            sql["status/sweep_safe"], r => (r.Get<bool>("sweep_safe"), r.Get<string>("why")), CancellationToken.None, ("conflict", "conflict"))).Single();
    }
}
