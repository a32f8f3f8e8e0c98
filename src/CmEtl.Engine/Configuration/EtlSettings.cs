using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CmEtl.Engine;

/// <summary>
/// All settings of the engine. Immutable; created and validated by <see cref="SettingsLoader"/>, whose table has the ranges.
/// </summary>
public sealed record EtlSettings
{
    /// <summary>Server name or socket folder.</summary>
    public string Host { get; init; } = "localhost";

    /// <summary>TCP port.</summary>
    public int Port { get; init; } = 5432;

    /// <summary>Database name.</summary>
    public string Database { get; init; } = "";

    /// <summary>Role to connect as.</summary>
    public string User { get; init; } = "";

    /// <summary>Password; null when a password file, a certificate or trust authentication is used.</summary>
    public string? Password { get; init; }

    /// <summary>TLS mode. Empty means full verification of the server's certificate, except on loopback and sockets.</summary>
    public string SslMode { get; init; } = "";

    /// <summary>
    /// File of the certificate authority that signed the server's certificate. Empty means the authorities of the system.
    /// </summary>
    public string RootCertificate { get; init; } = "";

    /// <summary>Schema of conflictvisitmaps.</summary>
    public string ConflictSchema { get; init; } = "conflict";

    /// <summary>Schema of the analytics tables.</summary>
    public string AnalyticsSchema { get; init; } = "analytics";

    /// <summary>Schema of the ledger.</summary>
    public string LedgerSchema { get; init; } = "cm_etl";

    /// <summary>
    /// Time zone of every connection, recorded with the run. Scheduled times have a zone and actual times do not, so rules that compare the
    /// two depend on it.
    /// </summary>
    public string SessionTimeZone { get; init; } = "UTC";

    /// <summary>Target number of rows of a chunk.</summary>
    public int TargetChunkSize { get; init; } = 10_000;

    /// <summary>Maximum number of rows of a chunk. A (VisitDate, SSN) key with more rows is split by ID.</summary>
    public int MaxChunkSize { get; init; } = 50_000;

    /// <summary>Maximum number of (VisitDate, SSN) keys of a chunk.</summary>
    public int MaxKeysPerChunk { get; init; } = 1_000;

    /// <summary>Chunks processed at the same time.</summary>
    public int MaxConcurrency { get; init; } = 5;

    /// <summary>Seconds that a worker pauses between two chunks, 0 to 3600. It holds no transaction during the pause.</summary>
    public double ChunkDelaySeconds { get; init; }

    /// <summary>
    /// When a run stops starting chunks: a time of day (the next such time after the start), or a date and time; see <see
    /// cref="StopTime"/>. Empty means no such limit.
    /// </summary>
    public string StopAt { get; init; } = "";

    /// <summary>Minutes after its start when a run stops starting chunks, 0 to 10080; 0 means no such limit.</summary>
    public double StopAfterMinutes { get; init; }

    /// <summary>Percentage of failed chunks, 0 to 100, above which a run starts no further chunk; 100 turns the check off.</summary>
    public double MaxFailedChunksPercent { get; init; } = 100;

    /// <summary>
    /// Hooks before a run: a file that ends in .sql, a command, or several as a JSON array of strings. Empty means none. For the time and
    /// the effect of a failure see <see cref="HookKind"/>.
    /// </summary>
    public string BeforeRun { get; init; } = "";

    /// <summary>Hooks after a run that is completed and sweep-safe, in the form of <see cref="BeforeRun"/>.</summary>
    public string AfterSuccess { get; init; } = "";

    /// <summary>Hooks after every end of a run, in the form of <see cref="BeforeRun"/>.</summary>
    public string AfterRun { get; init; } = "";

    /// <summary>Time limit of one hook in seconds, 1 to 86400.</summary>
    public int HookTimeoutSeconds { get; init; } = 600;

    /// <summary>Address that notifications are posted to. It is a secret, because it allows posting. Empty means none.</summary>
    public string NotifyWebhook { get; init; } = "";

    /// <summary>Format of the posted notification: json (plain), slack or teams.</summary>
    public string NotifyFormat { get; init; } = "json";

    /// <summary>Command that reads a notification as JSON from standard input. Empty means none.</summary>
    public string NotifyCommand { get; init; } = "";

    /// <summary>ARN of the standard topic of Amazon SNS that notifications are published to. Empty means none.</summary>
    public string NotifySnsTopicArn { get; init; } = "";

    /// <summary>
    /// "all": notify about every end of a run and about waits. "problems": about all except a run that is completed and sweep-safe.
    /// </summary>
    public string NotifyOn { get; init; } = "all";

    /// <summary>
    /// Minutes without the end of a step or chunk after which a notification says that a run waits or makes no progress; 0 means never.
    /// </summary>
    public double NotifyStallMinutes { get; init; } = 30;

    /// <summary>File of metrics for the textfile collector of Prometheus. Empty means none.</summary>
    public string MetricsPath { get; init; } = "";

    /// <summary>Start of the window, in years before today.</summary>
    public int LookbackYears { get; init; } = 2;

    /// <summary>End of the window, in days after today.</summary>
    public int LookaheadDays { get; init; } = 30;

    /// <summary>Retries of a failed chunk after its first attempt.</summary>
    public int RetryMaxAttempts { get; init; } = 3;

    /// <summary>Seconds before the first retry.</summary>
    public double RetryIntervalSeconds { get; init; } = 2;

    /// <summary>Factor by which the pause grows with each retry.</summary>
    public double RetryBackoffRate { get; init; } = 2;

    /// <summary>How rows are marked.</summary>
    public MarkMode MarkMode { get; init; } = MarkMode.TwoPhase;

    /// <summary>
    /// Whether a row whose values would not change keeps its version. The ledger counts it as confirmed, and its UpdatedDate stays that of
    /// the run that last changed it. Requires <see cref="MarkMode.SinglePass"/>, because marking writes every row.
    /// </summary>
    public bool SkipUnchanged { get; init; }

    /// <summary>
    /// Whether a pair is confirmed without being recomputed when its row, its visits and the dimension rows that they refer to have the
    /// same content as in the last completed delta run with the same settings and statements. Without such a run all pairs are recomputed.
    /// Implies <see cref="SkipUnchanged"/>, and requires <see cref="MarkMode.SinglePass"/> as well. See docs/delta.md.
    /// </summary>
    public bool Delta { get; init; }

    /// <summary>
    /// Age in hours up to which an unfinished run is resumed and not replaced. Less than a day, so that yesterday's chunks do not count for
    /// today.
    /// </summary>
    public int ResumeMaxAgeHours { get; init; } = 20;

    /// <summary>
    /// Value of settings.InProgressFlag while no run is active: 2 as in the original tasks, or 0, which hides the notice on the screens.
    /// </summary>
    public int IdleInProgressFlag { get; init; } = 2;

    /// <summary>Server-side time limit of one chunk's statements, in seconds.</summary>
    public int ChunkTimeoutSeconds { get; init; } = 600;

    /// <summary>Server-side time limit of Task 01, of planning and of the single chunk of a sequential run, in seconds.</summary>
    public int TaskTimeoutSeconds { get; init; } = 7_200;

    /// <summary>Time limit for opening a connection, in seconds.</summary>
    public int ConnectTimeoutSeconds { get; init; } = 15;

    /// <summary>Server-side limit of waiting for a lock, in seconds.</summary>
    public int LockTimeoutSeconds { get; init; } = 30;

    /// <summary>Seconds without a renewal after which the lease of a run or chunk expires.</summary>
    public int LeaseSeconds { get; init; } = 30;

    /// <summary>Minutes that a run waits for a server that is unavailable or read-only; 0 means no wait.</summary>
    public int MaxOutageMinutes { get; init; } = 15;

    /// <summary><see cref="MaxOutageMinutes"/> as a time span.</summary>
    internal TimeSpan MaxOutage => TimeSpan.FromMinutes(MaxOutageMinutes);

    /// <summary>Pause after the given number of failures.</summary>
    internal TimeSpan RetryPause(int failures) => TimeSpan.FromSeconds(RetryIntervalSeconds * Math.Pow(RetryBackoffRate, failures - 1));

    /// <summary>Seconds that a statement of a chunk may take. The single chunk of a sequential run has the limit of a task.</summary>
    internal int ChunkLimitSeconds(Phase phase) => phase == Phase.Sequential ? TaskTimeoutSeconds : ChunkTimeoutSeconds;

    /// <summary>The parameters of chunk/hold.sql and chunk/rehearse.sql for the session.</summary>
    internal (string, object?)[] ChunkSession(Phase phase) =>
    [
        ("statement_timeout", $"{ChunkLimitSeconds(phase)}s"), ("enable_memoize", phase == Phase.Sequential ? "on" : "off"),
    ];

    /// <summary>The parameters of :first_day and :last_day.</summary>
    internal (string, object?)[] Window => [("lookback_years", LookbackYears), ("lookahead_days", LookaheadDays)];

    /// <summary>Whether a run backs off when it disturbs other sessions.</summary>
    public bool BackOff { get; init; } = true;

    /// <summary>Seconds between two samples of the server's state.</summary>
    public double PressureIntervalSeconds { get; init; } = 5;

    /// <summary>Seconds that other sessions may wait for a lock of the run before it backs off.</summary>
    public double MaxLockWaitSeconds { get; init; } = 2;

    /// <summary>Megabytes that a replica may lag behind before the run backs off.</summary>
    public double MaxReplicaLagMegabytes { get; init; } = 1_024;

    /// <summary>Megabytes of WAL per second above which the run backs off; 0 means no limit.</summary>
    public double MaxWalMegabytesPerSecond { get; init; }

    /// <summary>Free connections below which the run backs off.</summary>
    public int MinFreeConnections { get; init; } = 3;

    /// <summary>
    /// Percentage of the planned rows, 0 to 100, that may end unconfirmed or vanish before a completed run is implausible. Also the number
    /// of percentage points by which a single chunk may exceed the usual share for its dates. 100 turns the check off. See
    /// docs/operations.md.
    /// </summary>
    public double MaxUnconfirmedPercent { get; init; } = 50;

    /// <summary>
    /// Percentage points, 0 to 100, by which the share of unconfirmed rows, and of unusable values, may exceed the median of recent
    /// sweep-safe or approved runs of the same conflict schema. 100 turns the check off.
    /// </summary>
    public double MaxUnconfirmedGrowth { get; init; } = 5;

    /// <summary>
    /// A query that returns one timestamptz, the time up to which the analytics tables are loaded. Empty means derived from the tables
    /// (sql/checks/freshness.sql). It runs in its own read-only transaction, with the role of the connection.
    /// </summary>
    public string FreshnessQuery { get; init; } = "";

    /// <summary>Maximum age of the analytics tables in hours when a run starts; 0 turns the check off.</summary>
    public double MaxAnalyticsAgeHours { get; init; } = 24;

    /// <summary>Hours after its end during which a completed run is sweep-safe; 0 means no limit.</summary>
    public double SweepSafeMaxAgeHours { get; init; } = 12;

    /// <summary>
    /// Days that runs stay in the ledger after their end, with their chunks and events; 0 means forever. See docs/operations.md.
    /// </summary>
    public int HistoryDays { get; init; } = 400;

    /// <summary>
    /// Values of the settings that were set and differ from their defaults, by name, without the connection and secrets. Recorded with a
    /// run.
    /// </summary>
    internal IReadOnlyDictionary<string, string> Changed { get; init; } = NoneChanged;

    private static readonly IReadOnlyDictionary<string, string> NoneChanged = new SettingTexts();

    /// <summary>User, server and database. The generated text of a record would contain the password.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{User}@{Host}:{Port}/{Database}");

    /// <summary>Equal for two starts that would have the same result. A run is resumed only with the hash that it began with.</summary>
    public string ResultHash(Phase phase)
    {
        string[] parts =
        [
            ConflictSchema, AnalyticsSchema, SessionTimeZone, phase.ToString(),
            LookbackYears.ToString(CultureInfo.InvariantCulture), LookaheadDays.ToString(CultureInfo.InvariantCulture),
        ];
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', parts))))[..16];
    }
}
