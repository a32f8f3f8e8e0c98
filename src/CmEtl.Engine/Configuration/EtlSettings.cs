using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CmEtl.Engine;

/// <summary>
/// The settings of the engine. <see cref="SettingsLoader"/> creates and validates them; <see cref="SettingTable"/> has the ranges.
/// </summary>
public sealed record EtlSettings
{
    /// <summary>Host name of the server, or the directory of its socket.</summary>
    public string Host { get; init; } = "localhost";

    /// <summary>TCP port, 1 to 65535.</summary>
    public int Port { get; init; } = 5432;

    /// <summary>Database name.</summary>
    public string Database { get; init; } = "";

    /// <summary>Role to connect as.</summary>
    public string User { get; init; } = "";

    /// <summary>Password, or null to use a password file, a certificate, or trust authentication.</summary>
    public string? Password { get; init; }

    /// <summary>TLS mode. Empty: verify-full, or prefer for loopback addresses and sockets.</summary>
    public string SslMode { get; init; } = "";

    /// <summary>File with the root certificates that are trusted. Empty: those of the system.</summary>
    public string RootCertificate { get; init; } = "";

    /// <summary>Schema of conflictvisitmaps.</summary>
    public string ConflictSchema { get; init; } = "conflict";

    /// <summary>Schema of the analytics tables.</summary>
    public string AnalyticsSchema { get; init; } = "analytics";

    /// <summary>Schema of the ledger.</summary>
    public string LedgerSchema { get; init; } = "cm_etl";

    /// <summary>
    /// Time zone that is set on every connection and recorded with the run. Scheduled times have a zone and actual times do not, so rules
    /// that compare the two depend on it.
    /// </summary>
    public string SessionTimeZone { get; init; } = "UTC";

    /// <summary>Target number of rows per chunk.</summary>
    public int TargetChunkSize { get; init; } = 10_000;

    /// <summary>Maximum number of rows per chunk. A (VisitDate, SSN) key with more rows is split by ID.</summary>
    public int MaxChunkSize { get; init; } = 50_000;

    /// <summary>Maximum number of (VisitDate, SSN) keys per chunk.</summary>
    public int MaxKeysPerChunk { get; init; } = 1_000;

    /// <summary>Maximum number of chunks that are processed at the same time.</summary>
    public int MaxConcurrency { get; init; } = 5;

    /// <summary>Seconds that a worker pauses between two chunks, 0 to 3600. It has no open transaction during the pause.</summary>
    public double ChunkDelaySeconds { get; init; }

    /// <summary>
    /// Time after which a run starts no more chunks: a time of day (the next such time after the start), or a date and time; see
    /// <see cref="StopTime"/>. Empty: no limit.
    /// </summary>
    public string StopAt { get; init; } = "";

    /// <summary>Minutes after its start from which on a run starts no more chunks, 0 to 10080; 0 means no limit.</summary>
    public double StopAfterMinutes { get; init; }

    /// <summary>Percentage of failed chunks, 0 to 100, above which a run starts no more chunks; 100 disables the check.</summary>
    public double MaxFailedChunksPercent { get; init; } = 100;

    /// <summary>
    /// Hooks before a run: a file name that ends in .sql, a command, or several of these as a JSON array of strings.
    /// <see cref="HookKind"/> describes when they are executed, and the effect of a failure. Empty: none.
    /// </summary>
    public string BeforeRun { get; init; } = "";

    /// <summary>Hooks after a run that is completed and sweep-safe, in the format of <see cref="BeforeRun"/>.</summary>
    public string AfterSuccess { get; init; } = "";

    /// <summary>Hooks after every run, in any state, in the format of <see cref="BeforeRun"/>.</summary>
    public string AfterRun { get; init; } = "";

    /// <summary>Time limit of each hook in seconds, 1 to 86400.</summary>
    public int HookTimeoutSeconds { get; init; } = 600;

    /// <summary>URL to which notifications are posted. It is a secret, because anyone who knows it can post there. Empty: none.</summary>
    public string NotifyWebhook { get; init; } = "";

    /// <summary>Format of notifications: json, slack, or teams.</summary>
    public string NotifyFormat { get; init; } = "json";

    /// <summary>Command that reads a notification as JSON from standard input. Empty: none.</summary>
    public string NotifyCommand { get; init; } = "";

    /// <summary>all: the end of every run, and waits; problems: the same except runs that are completed and sweep-safe.</summary>
    public string NotifyOn { get; init; } = "all";

    /// <summary>
    /// Minutes, 0 to 1440, in which no step or chunk ends before a notification says that a run waits or makes no progress; 0 means
    /// never.
    /// </summary>
    public double NotifyStallMinutes { get; init; } = 30;

    /// <summary>Metrics file for the Prometheus textfile collector. Empty: none.</summary>
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

    /// <summary>Whether a chunk is marked and updated in two transactions or in one.</summary>
    public MarkMode MarkMode { get; init; } = MarkMode.TwoPhase;

    /// <summary>
    /// Whether rows whose values do not change are not written. The ledger counts such a row as confirmed, and its UpdatedDate is that of
    /// the run that last changed it. Requires SinglePass, because marking writes every row.
    /// </summary>
    public bool SkipUnchanged { get; init; }

    /// <summary>
    /// Whether a pair is confirmed without being recomputed if its row, its visits, and the dimension rows that they refer to have the
    /// same content as in the last completed delta run with the same settings and statements. Without such a run, all pairs are
    /// recomputed. Implies <see cref="SkipUnchanged"/>, and also requires SinglePass. See docs/delta.md.
    /// </summary>
    public bool Delta { get; init; }

    /// <summary>
    /// Age in hours up to which an unfinished run is resumed instead of replaced. Less than a day, because chunks of yesterday are not
    /// valid today.
    /// </summary>
    public int ResumeMaxAgeHours { get; init; } = 20;

    /// <summary>
    /// Value of settings.InProgressFlag when no run is active: 2 as in the original tasks, or 0, which hides the notice in the
    /// application.
    /// </summary>
    public int IdleInProgressFlag { get; init; } = 2;

    /// <summary>Statement timeout of a chunk, in seconds.</summary>
    public int ChunkTimeoutSeconds { get; init; } = 600;

    /// <summary>Statement timeout of Task 01, of planning, and of the only chunk of a sequential run, in seconds.</summary>
    public int TaskTimeoutSeconds { get; init; } = 7_200;

    /// <summary>Time limit for opening a connection, in seconds.</summary>
    public int ConnectTimeoutSeconds { get; init; } = 15;

    /// <summary>Lock timeout, in seconds.</summary>
    public int LockTimeoutSeconds { get; init; } = 30;

    /// <summary>Seconds after which a lease that is not renewed expires.</summary>
    public int LeaseSeconds { get; init; } = 30;

    /// <summary>Minutes that a run waits for a server that is unavailable or read-only; 0 does not wait.</summary>
    public int MaxOutageMinutes { get; init; } = 15;

    /// <summary><see cref="MaxOutageMinutes"/> as a duration.</summary>
    internal TimeSpan MaxOutage => TimeSpan.FromMinutes(MaxOutageMinutes);

    /// <summary>Pause after the given number of failures.</summary>
    internal TimeSpan RetryPause(int failures) => TimeSpan.FromSeconds(RetryIntervalSeconds * Math.Pow(RetryBackoffRate, failures - 1));

    /// <summary>Whether a run uses fewer workers while it puts too much load on other sessions.</summary>
    public bool BackOff { get; init; } = true;

    /// <summary>Seconds between two checks of the load of the server.</summary>
    public double PressureIntervalSeconds { get; init; } = 5;

    /// <summary>Seconds that other sessions can wait for a lock of the run before it backs off.</summary>
    public double MaxLockWaitSeconds { get; init; } = 2;

    /// <summary>Lag of a replica in megabytes above which the run backs off.</summary>
    public double MaxReplicaLagMegabytes { get; init; } = 1_024;

    /// <summary>Megabytes of WAL per second above which the run backs off; 0 means no limit.</summary>
    public double MaxWalMegabytesPerSecond { get; init; }

    /// <summary>Number of free connections below which the run backs off.</summary>
    public int MinFreeConnections { get; init; } = 3;

    /// <summary>
    /// Percentage of planned rows that are unconfirmed or have vanished, 0 to 100, above which a completed run is not plausible. Also the
    /// number of percentage points by which one chunk can exceed the usual share for its dates. 100 disables the check. See
    /// docs/operations.md.
    /// </summary>
    public double MaxUnconfirmedPercent { get; init; } = 50;

    /// <summary>
    /// Percentage points, 0 to 100, by which the share of unconfirmed rows, and of unusable values, can exceed the median of recent
    /// sweep-safe or approved runs of the same conflict schema. 100 disables the check.
    /// </summary>
    public double MaxUnconfirmedGrowth { get; init; } = 5;

    /// <summary>
    /// A query that returns one timestamptz: the time up to which the analytics tables are loaded. It runs in a separate read-only
    /// transaction as the role of the connection. Empty: the time is derived from the tables (sql/checks/freshness.sql).
    /// </summary>
    public string FreshnessQuery { get; init; } = "";

    /// <summary>Maximum age of the analytics tables in hours when a run starts; 0 disables the check.</summary>
    public double MaxAnalyticsAgeHours { get; init; } = 24;

    /// <summary>Hours that a completed run stays sweep-safe after its end; 0 means no limit.</summary>
    public double SweepSafeMaxAgeHours { get; init; } = 12;

    /// <summary>
    /// Days that runs stay in the ledger after their end, with their chunks and events; 0 keeps them forever. See docs/operations.md.
    /// </summary>
    public int HistoryDays { get; init; } = 400;

    /// <summary>
    /// Specified settings that differ from their defaults, as text by name, without the connection and secrets. Recorded with a run.
    /// </summary>
    internal IReadOnlyDictionary<string, string> Changed { get; init; } = NoneChanged;

    private static readonly IReadOnlyDictionary<string, string> NoneChanged = new SettingTexts();

    /// <summary>User, host, port, and database. The ToString of a record would include the password.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{User}@{Host}:{Port}/{Database}");

    /// <summary>Hash of the settings that determine the result. A run is resumed only with the hash with which it began.</summary>
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
