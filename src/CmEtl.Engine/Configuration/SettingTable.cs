using System.Globalization;

namespace CmEtl.Engine;

/// <summary>The table of all settings. Other keys are rejected.</summary>
internal static class SettingTable
{
    private const int LongestText = 1_000;

    /// <summary>Prefix of the variables that locate the tables.</summary>
    private const string Server = "POSTGRES";

    public static readonly IReadOnlyList<SettingDefinition> All =
    [
        Text("host", (s, v) => s with { Host = v }) with { Prefix = Server },
        Whole("port", 1, 65_535, (s, v) => s with { Port = v }) with { Prefix = Server },
        Text("database", (s, v) => s with { Database = v }) with { Prefix = Server },
        Text("user", (s, v) => s with { User = v }) with { Prefix = Server },
        new SettingDefinition("password", "one line of text", (s, v) => PlainText.Is(v) ? s with { Password = v } : null, Secret: true) with { Prefix = Server },
        OneOf("ssl_mode", ["disable", "prefer", "require", "verify-ca", "verify-full"], (s, v) => s with { SslMode = v }),
        Text("root_certificate", (s, v) => s with { RootCertificate = v }),
        Schema("conflict_schema", (s, v) => s with { ConflictSchema = v }) with { Prefix = Server },
        Schema("analytics_schema", (s, v) => s with { AnalyticsSchema = v }) with { Prefix = Server },
        Schema("ledger_schema", (s, v) => s with { LedgerSchema = v }),
        Text("session_time_zone", (s, v) => s with { SessionTimeZone = v }),
        Whole("target_chunk_size", 1, 1_000_000, (s, v) => s with { TargetChunkSize = v }),
        Whole("max_chunk_size", 1, 1_000_000, (s, v) => s with { MaxChunkSize = v }),
        Whole("max_keys_per_chunk", 1, 1_000_000, (s, v) => s with { MaxKeysPerChunk = v }),
        Whole("max_concurrency", 1, 100, (s, v) => s with { MaxConcurrency = v }),
        Number("chunk_delay_seconds", 0, 3_600, (s, v) => s with { ChunkDelaySeconds = v }),
        new("stop_at", StopTime.Allowed, (s, v) => v.Length == 0 || StopTime.IsValid(v) ? s with { StopAt = v } : null),
        Number("stop_after_minutes", 0, 10_080, (s, v) => s with { StopAfterMinutes = v }),
        Number("max_failed_chunks_percent", 0, 100, (s, v) => s with { MaxFailedChunksPercent = v }),
        Hooks("before_run", (s, v) => s with { BeforeRun = v }),
        Hooks("after_success", (s, v) => s with { AfterSuccess = v }),
        Hooks("after_run", (s, v) => s with { AfterRun = v }),
        Whole("hook_timeout_seconds", 1, 86_400, (s, v) => s with { HookTimeoutSeconds = v }),
        new("notify_webhook", "a web address: https://... or http://...",
            (s, v) => v.Length == 0 || Webhook.IsValid(v) ? s with { NotifyWebhook = v } : null, Secret: true),
        OneOf("notify_format", ["json", "slack", "teams"], (s, v) => s with { NotifyFormat = v }),
        Text("notify_command", (s, v) => s with { NotifyCommand = v }) with { Secret = true },
        new("notify_sns_topic_arn", "the ARN of a standard SNS topic",
            (s, v) => v.Length == 0 || IsTopic(v) ? s with { NotifySnsTopicArn = v } : null),
        OneOf("notify_on", ["all", "problems"], (s, v) => s with { NotifyOn = v }),
        Number("notify_stall_minutes", 0, 1_440, (s, v) => s with { NotifyStallMinutes = v }),
        Text("metrics_path", (s, v) => s with { MetricsPath = v }),
        Whole("lookback_years", 0, 100, (s, v) => s with { LookbackYears = v }),
        Whole("lookahead_days", 0, 36_500, (s, v) => s with { LookaheadDays = v }),
        Whole("retry_max_attempts", 0, 100, (s, v) => s with { RetryMaxAttempts = v }),
        Number("retry_interval_seconds", 0, 3_600, (s, v) => s with { RetryIntervalSeconds = v }),
        Number("retry_backoff_rate", 1, 10, (s, v) => s with { RetryBackoffRate = v }),
        OneOf("mark_mode", ["TwoPhase", "SinglePass"], (s, v) => s with { MarkMode = Enum.Parse<MarkMode>(v) }),
        OneOf("skip_unchanged", ["off", "on"], (s, v) => s with { SkipUnchanged = v == "on" }),
        OneOf("delta", ["off", "on"], (s, v) => s with { Delta = v == "on" }),
        Whole("resume_max_age_hours", 0, 168, (s, v) => s with { ResumeMaxAgeHours = v }),
        Whole("idle_in_progress_flag", 0, 2, (s, v) => v == 1 ? null : s with { IdleInProgressFlag = v }, "0 or 2"),
        Whole("chunk_timeout_seconds", 1, 86_400, (s, v) => s with { ChunkTimeoutSeconds = v }),
        Whole("task_timeout_seconds", 1, 604_800, (s, v) => s with { TaskTimeoutSeconds = v }),
        Whole("connect_timeout_seconds", 1, 300, (s, v) => s with { ConnectTimeoutSeconds = v }),
        Whole("lock_timeout_seconds", 1, 3_600, (s, v) => s with { LockTimeoutSeconds = v }),
        OneOf("back_off", ["on", "off"], (s, v) => s with { BackOff = v == "on" }),
        Number("pressure_interval_seconds", 0.1, 600, (s, v) => s with { PressureIntervalSeconds = v }),
        Number("max_lock_wait_seconds", 0, 3_600, (s, v) => s with { MaxLockWaitSeconds = v }),
        Number("max_replica_lag_megabytes", 0, 1e9, (s, v) => s with { MaxReplicaLagMegabytes = v }),
        Number("max_wal_megabytes_per_second", 0, 1e6, (s, v) => s with { MaxWalMegabytesPerSecond = v }),
        Whole("min_free_connections", 0, 10_000, (s, v) => s with { MinFreeConnections = v }),
        Number("max_unconfirmed_percent", 0, 100, (s, v) => s with { MaxUnconfirmedPercent = v }),
        Number("max_unconfirmed_growth", 0, 100, (s, v) => s with { MaxUnconfirmedGrowth = v }),
        Text("freshness_query", (s, v) => s with { FreshnessQuery = v }),
        Number("max_analytics_age_hours", 0, 8_760, (s, v) => s with { MaxAnalyticsAgeHours = v }),
        Number("sweep_safe_max_age_hours", 0, 8_760, (s, v) => s with { SweepSafeMaxAgeHours = v }),
        Whole("history_days", 0, 36_500, (s, v) => s with { HistoryDays = v }),
        Whole("max_outage_minutes", 0, 1_440, (s, v) => s with { MaxOutageMinutes = v }),
        Whole("lease_seconds", 1, 3_600, (s, v) => s with { LeaseSeconds = v }),
    ];

    private static SettingDefinition Text(string name, Func<EtlSettings, string, EtlSettings> apply) =>
        new(name, $"one line of at most {LongestText} characters", (s, v) => v.Length <= LongestText && PlainText.Is(v) ? apply(s, v) : null);

    // Secret, like notify_command, because the arguments of a command may contain a token.
    private static SettingDefinition Hooks(string name, Func<EtlSettings, string, EtlSettings> apply) =>
        new(name, "the path of a SQL file, a command, or a JSON array of these", (s, v) => Hook.IsValid(v) ? apply(s, v) : null,
            Secret: true);

    private static SettingDefinition Schema(string name, Func<EtlSettings, string, EtlSettings> apply) =>
        new(name, "a schema name: letters, digits, _ and $, not beginning with a digit, at most 63 characters",
            (s, v) => IsSchemaName(v) ? apply(s, v) : null);

    private static SettingDefinition Whole(
        string name, int least, int most, Func<EtlSettings, int, EtlSettings?> apply, string? allowed = null) =>
        new(name, allowed ?? string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"),
            (s, v) => int.TryParse(v, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) && n >= least && n <= most
                ? apply(s, n) : null);

    private static SettingDefinition Number(string name, double least, double most, Func<EtlSettings, double, EtlSettings> apply) =>
        new(name, string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}"),
            (s, v) => double.TryParse(v, NumberStyles.Float, CultureInfo.InvariantCulture, out var n) && n >= least && n <= most
                ? apply(s, n) : null);

    private static SettingDefinition OneOf(string name, string[] values, Func<EtlSettings, string, EtlSettings> apply) =>
        new(name, string.Join(", ", values),
            (s, v) => values.FirstOrDefault(x => x.Equals(v, StringComparison.OrdinalIgnoreCase)) is { } value ? apply(s, value) : null);

    // A FIFO topic, whose name ends in .fifo, would need a group for each message.
    private static bool IsTopic(string value) =>
        value.Split(':') is ["arn", { Length: > 0 }, "sns", { Length: > 0 } region, { Length: 12 } account, { Length: > 0 and <= 256 } name]
        && region.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') && account.All(char.IsAsciiDigit)
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    // Narrower than what PostgreSQL can quote. A schema name with spaces, quotes or look-alike letters is a mistake or an attack.
    private static bool IsSchemaName(string value) =>
        value.Length is > 0 and <= 63 && !char.IsAsciiDigit(value[0]) && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '$');
}
