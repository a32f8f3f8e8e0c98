using System.Globalization;

namespace CmEtl.Engine.Tests.Engine;

/// <summary>Sources of settings, and the errors for invalid ones.</summary>
public sealed class SettingsLoaderTests : IDisposable
{
    private static readonly Dictionary<string, string> NoEnvironment = [];

    private readonly string folder = Directory.CreateTempSubdirectory("cm_etl_settings_").FullName;

    /// <summary>For each setting a value other than its default, and an invalid value, or null when every text is valid.</summary>
    public static TheoryData<string, string, string?> Values => new()
    {
        { "host", "db.example.org", "a\nb" }, { "port", "6543", "65536" }, { "database", "d1", "a\tb" }, { "user", "u1", "\u0001" },
        { "password", "p1", null }, { "ssl_mode", "require", "maybe" }, { "root_certificate", "ca.pem", "\r" },
        { "conflict_schema", "c1", "1c" }, { "analytics_schema", "a1", "a b" }, { "ledger_schema", "l1", "l\"1" },
        { "session_time_zone", "Europe/Paris", "\0" }, { "target_chunk_size", "77", "0" }, { "max_chunk_size", "12000", "1000001" },
        { "max_keys_per_chunk", "7", "0" }, { "max_concurrency", "3", "101" }, { "lookback_years", "1", "-1" }, { "lookahead_days", "60", "36501" },
        { "retry_max_attempts", "9", "101" }, { "retry_interval_seconds", "0.5", "3601" }, { "retry_backoff_rate", "1.5", "0.9" },
        { "mark_mode", "SinglePass", "ThreePhase" }, { "skip_unchanged", "on", "yes" }, { "delta", "on", "yes" }, { "resume_max_age_hours", "12", "169" }, { "idle_in_progress_flag", "0", "1" },
        { "chunk_timeout_seconds", "50", "0" }, { "task_timeout_seconds", "70", "604801" }, { "lock_timeout_seconds", "9", "3601" }, { "connect_timeout_seconds", "9", "301" },
        { "lease_seconds", "8", "0" }, { "max_outage_minutes", "0", "1441" }, { "back_off", "off", "maybe" }, { "pressure_interval_seconds", "1", "0" },
        { "max_lock_wait_seconds", "9", "-1" }, { "max_replica_lag_megabytes", "9", "-1" }, { "max_wal_megabytes_per_second", "9", "-1" },
        { "min_free_connections", "9", "-1" },
        { "history_days", "90", "36501" }, { "stop_at", "06:00Z", "6" }, { "stop_after_minutes", "90", "-1" }, { "chunk_delay_seconds", "0.5", "3601" }, { "max_failed_chunks_percent", "20", "101" },
        { "before_run", "a.sql", null }, { "after_success", "b.sql", null }, { "after_run", "b", null }, { "hook_timeout_seconds", "9", "0" },
        { "notify_webhook", "https://h/x", null }, { "notify_format", "slack", "mail" }, { "notify_command", "c d", null },
        { "notify_sns_topic_arn", "arn:aws:sns:us-east-1:123456789012:cm-etl", "arn:aws:sns:us-east-1:123456789012:cm-etl.fifo" },
        { "notify_on", "problems", "some" }, { "notify_stall_minutes", "9", "-1" }, { "metrics_path", "m.prom", "\r" },
        { "max_unconfirmed_percent", "30", "101" }, { "max_unconfirmed_growth", "3", "-1" }, { "freshness_query", "SELECT now()", "a\nb" },
        { "max_analytics_age_hours", "30", "8761" }, { "sweep_safe_max_age_hours", "9", "-1" },
    };

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Every_setting_is_among_the_tested_ones() =>
        Assert.Equal(SettingTable.All.Select(d => d.Name).Order(), Values.Select(v => (string)v[0]).Order());

    [Theory]
    [MemberData(nameof(Values))]
    public void Every_setting_takes_effect_from_every_source(string name, string value, string? bad)
    {
        var variable = SettingTable.All.Single(d => d.Name == name).Variable;
        var from = new[]
        {
            SettingsLoader.Load(new Dictionary<string, object?> { [name] = value }, null, NoEnvironment),
            SettingsLoader.Load(null, null, new Dictionary<string, string> { [variable] = value }),
            SettingsLoader.Load(null, File($$"""{ "{{name}}": "{{value}}" }"""), NoEnvironment),
        };
        Assert.All(from, s => Assert.Equal(from[0], s));
        Assert.Single(typeof(EtlSettings).GetProperties(), p => !Equals(p.GetValue(from[0]), p.GetValue(new EtlSettings())));

        if (bad is not null)
        {
            var allowed = SettingTable.All.Single(d => d.Name == name).Allowed;
            var error = Assert.Throws<CmEtlException>(
                () => SettingsLoader.Load(null, null, new Dictionary<string, string> { [variable] = bad }));
            Assert.Equal((ErrorKind.Configuration, "InvalidSettings"), (error.Kind, error.ErrorId));
            Assert.Contains($"{name} = '{string.Concat(bad.Select(c => char.IsControl(c) ? '?' : c))}'", error.Message, StringComparison.Ordinal);
            Assert.Contains($"must be {allowed}", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("target_chunk_size", "CMETL_TARGET_CHUNK_SIZE", 10_000)]
    [InlineData("lookback_years", "CMETL_LOOKBACK_YEARS", 2)]
    [InlineData("port", "POSTGRES_PORT", 5432)]
    [InlineData("max_concurrency", "CMETL_MAX_CONCURRENCY", 5)]
    public void A_parameter_comes_before_the_environment_before_the_file_before_the_default(string name, string variable, int preset)
    {
        var file = File($$"""{ "{{name}}": 11 }""");
        var environment = new Dictionary<string, string> { [variable] = "22" };
        var parameters = new Dictionary<string, object?> { [name] = 33 };
        Assert.Equal(33, Value(SettingsLoader.Load(parameters, file, environment), name));
        Assert.Equal(22, Value(SettingsLoader.Load(new Dictionary<string, object?> { [name] = null }, file, environment), name));
        Assert.Equal(11, Value(SettingsLoader.Load(null, file, new Dictionary<string, string> { [variable] = "" }), name));
        Assert.Equal(preset, Value(SettingsLoader.Load(null, null, NoEnvironment), name));
    }

    [Fact]
    public void Nested_names_of_older_files_are_understood()
    {
        var settings = SettingsLoader.Load(null, File(
            """
            { // as it was
              "date_range": { "lookback_years": 1, "lookahead_days": 45 }, "retry": { "max_attempts": 4 },
              "postgres": { "host": "h" }, "mark_mode": null,
            }
            """), NoEnvironment);
        Assert.Equal((1, 45, 4, "h"), (settings.LookbackYears, settings.LookaheadDays, settings.RetryMaxAttempts, settings.Host));
    }

    [Fact]
    public void One_error_names_everything_that_is_wrong_but_not_the_password()
    {
        var error = Assert.Throws<CmEtlException>(() => SettingsLoader.Load(
            new Dictionary<string, object?> { ["max_concurrency"] = 0, ["password"] = "hush-hush", ["colour"] = "red" },
            File("""{ "chunk": { "size": 1 }, "lease_seconds": "soon" }"""),
            new Dictionary<string, string> { ["CMETL_TARGET_CHUNK"] = "5", ["POSTGRES_PORT"] = "x", ["PATH"] = "ignored" }));
        string[] expected =
        [
            "max_concurrency = '0' (parameter): must be a whole number from 1 to 100", "'colour' (parameter): there is no such setting",
            "'chunk.size' (file", "lease_seconds = 'soon' (file", "'CMETL_TARGET_CHUNK' (environment): there is no such setting", "port = 'x'",
        ];
        Assert.All(expected, e => Assert.Contains(e, error.Message, StringComparison.Ordinal));
        Assert.DoesNotContain("hush", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("ignored", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_target_above_the_maximum_is_refused()
    {
        var error = Assert.Throws<CmEtlException>(
            () => SettingsLoader.Load(new Dictionary<string, object?> { ["target_chunk_size"] = 60_000 }, null, NoEnvironment));
        Assert.Contains("target_chunk_size = 60000: must be at most max_chunk_size (50000)", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("[1, 2]")]
    [InlineData("{ \"port\": ")]
    public void A_file_that_cannot_be_read_is_named(string? text)
    {
        var path = text is null ? Path.Combine(folder, "absent.json") : File(text);
        var error = Assert.Throws<CmEtlException>(() => SettingsLoader.Load(null, path, NoEnvironment));
        Assert.Equal((ErrorKind.Configuration, "SettingsFileUnreadable", path), (error.Kind, error.ErrorId, error.Subject));
    }

    [Fact]
    public void Numbers_are_read_the_same_in_every_culture()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            CultureInfo.CurrentCulture.NumberFormat.NumberDecimalSeparator = ",";
            Assert.Equal(1.5, SettingsLoader.Load(new Dictionary<string, object?> { ["retry_backoff_rate"] = 1.5 }, null, NoEnvironment).RetryBackoffRate);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    private static object? Value(EtlSettings settings, string name) =>
        typeof(EtlSettings).GetProperties()
            .Single(p => p.Name.Equals(name.Replace("_", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase))
            .GetValue(settings);

    private string File(string text)
    {
        var path = Path.Combine(folder, $"{Guid.NewGuid():N}.json");
        System.IO.File.WriteAllText(path, text);
        return path;
    }
}
