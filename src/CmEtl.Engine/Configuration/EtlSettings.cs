using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CmEtl.Engine;

/// <summary>Every setting of the engine. Immutable; made and validated by <see cref="SettingsLoader"/>, whose table has the ranges.</summary>
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

    /// <summary>Password, or null for a password file, a certificate or trust.</summary>
    public string? Password { get; init; }

    /// <summary>TLS mode; empty means: verify the server's certificate in full, except on loopback and sockets.</summary>
    public string SslMode { get; init; } = "";

    /// <summary>File of the certificate authority that signed the server's certificate; empty means the system's.</summary>
    public string RootCertificate { get; init; } = "";

    /// <summary>Schema of conflictvisitmaps.</summary>
    public string ConflictSchema { get; init; } = "conflict";

    /// <summary>Schema of the analytics tables.</summary>
    public string AnalyticsSchema { get; init; } = "analytics";

    /// <summary>Schema of the ledger.</summary>
    public string LedgerSchema { get; init; } = "cm_etl";

    /// <summary>
    /// Time zone pinned on every connection and recorded with the run. Scheduled times carry a zone and actual times do not,
    /// so rules that compare the two depend on it.
    /// </summary>
    public string SessionTimeZone { get; init; } = "UTC";

    /// <summary>Rows a chunk should have.</summary>
    public int TargetChunkSize { get; init; } = 10_000;

    /// <summary>Rows a chunk may have at most; a heavier (VisitDate, SSN) key is split by ID.</summary>
    public int MaxChunkSize { get; init; } = 50_000;

    /// <summary>(VisitDate, SSN) keys a chunk may have at most.</summary>
    public int MaxKeysPerChunk { get; init; } = 1_000;

    /// <summary>Chunks processed at the same time.</summary>
    public int MaxConcurrency { get; init; } = 5;

    /// <summary>Seconds that a worker pauses between two chunks, 0 to 3600. It holds no transaction meanwhile.</summary>
    public double ChunkDelaySeconds { get; init; }

    /// <summary>
    /// When a run begins no further chunk: a time of day (the next such time after the start), or a date and time; see <see cref="StopTime"/>. Empty:
    /// no such limit.
    /// </summary>
    public string StopAt { get; init; } = "";

    /// <summary>Minutes after its start when a run begins no further chunk, 0 to 10080; 0 means no such limit.</summary>
    public double StopAfterMinutes { get; init; }

    /// <summary>Percent of its chunks, 0 to 100, that may fail before a run begins no further chunk; 100 turns the check off.</summary>
    public double MaxFailedChunksPercent { get; init; } = 100;

    /// <summary>
    /// Hooks before a run: a file that ends in .sql, a command, or several as a JSON array of strings; see <see cref="HookKind"/> for
    /// when and for what a failure does. Empty: none.
    /// </summary>
    public string BeforeRun { get; init; } = "";

    /// <summary>Hooks after a run that is completed and sweep-safe, as <see cref="BeforeRun"/>.</summary>
    public string AfterSuccess { get; init; } = "";

    /// <summary>Hooks after every end of a run, as <see cref="BeforeRun"/>.</summary>
    public string AfterRun { get; init; } = "";

    /// <summary>Seconds that one hook may take, 1 to 86400.</summary>
    public int HookTimeoutSeconds { get; init; } = 600;

    /// <summary>Address that notifications are posted to: a secret, as whoever knows it can post there. Empty: none.</summary>
    public string NotifyWebhook { get; init; } = "";

    /// <summary>What is posted: json (plain), slack or teams.</summary>
    public string NotifyFormat { get; init; } = "json";

    /// <summary>Command that reads a notification as JSON from standard input. Empty: none.</summary>
    public string NotifyCommand { get; init; } = "";

    /// <summary>all: every end of a run, and waits; problems: all but a run that is completed and sweep-safe.</summary>
    public string NotifyOn { get; init; } = "all";

    /// <summary>
    /// Minutes without the end of a step or chunk after which a notification says that a run waits or does not move; 0 means never.
    /// </summary>
    public double NotifyStallMinutes { get; init; } = 30;

    /// <summary>File of metrics for the textfile collector of Prometheus. Empty: none.</summary>
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
    /// Whether a row that would be written as it is keeps its version. It counts as confirmed, in the ledger; its UpdatedDate stays that of
    /// the run that last changed it. Only in one pass: marking writes every row.
    /// </summary>
    public bool SkipUnchanged { get; init; }

    /// <summary>
    /// Whether a pair is confirmed without being recomputed when its row, its visits and the dimension rows that they name have the content that the last
    /// completed delta run of the same settings and statements saw. Without such a run all pairs are recomputed. Implies <see cref="SkipUnchanged"/>, and needs
    /// one pass as that does. See docs/delta.md.
    /// </summary>
    public bool Delta { get; init; }

    /// <summary>Age in hours up to which an unfinished run is resumed rather than replaced. Below a day: yesterday's chunks are not done for today.</summary>
    public int ResumeMaxAgeHours { get; init; } = 20;

    /// <summary>What settings.InProgressFlag is set to when no run is under way: 2 as the original tasks do, or 0, which hides the screens' notice.</summary>
    public int IdleInProgressFlag { get; init; } = 2;

    /// <summary>Server-side limit of one chunk's statements, in seconds.</summary>
    public int ChunkTimeoutSeconds { get; init; } = 600;

    /// <summary>Server-side limit of Task 01, of planning and of a sequential run's only chunk, in seconds.</summary>
    public int TaskTimeoutSeconds { get; init; } = 7_200;

    /// <summary>How long a server may take to let a connection in, in seconds.</summary>
    public int ConnectTimeoutSeconds { get; init; } = 15;

    /// <summary>Server-side limit of waiting for a lock, in seconds.</summary>
    public int LockTimeoutSeconds { get; init; } = 30;

    /// <summary>Seconds without a sign of life after which a run or chunk counts as given up by its worker.</summary>
    public int LeaseSeconds { get; init; } = 30;

    /// <summary>Minutes that a run waits for a server that is unavailable or read-only; 0 does not wait.</summary>
    public int MaxOutageMinutes { get; init; } = 15;

    /// <summary>The same as a time.</summary>
    internal TimeSpan MaxOutage => TimeSpan.FromMinutes(MaxOutageMinutes);

    /// <summary>Pause after the given number of failures.</summary>
    internal TimeSpan RetryPause(int failures) => TimeSpan.FromSeconds(RetryIntervalSeconds * Math.Pow(RetryBackoffRate, failures - 1));

    /// <summary>Whether a run backs off while it is too much for others.</summary>
    public bool BackOff { get; init; } = true;

    /// <summary>Seconds between two looks at the server's state.</summary>
    public double PressureIntervalSeconds { get; init; } = 5;

    /// <summary>Seconds that others may wait for a lock of the run before it backs off.</summary>
    public double MaxLockWaitSeconds { get; init; } = 2;

    /// <summary>Megabytes that a replica may be behind before the run backs off.</summary>
    public double MaxReplicaLagMegabytes { get; init; } = 1_024;

    /// <summary>Megabytes of WAL per second above which the run backs off; 0 means any.</summary>
    public double MaxWalMegabytesPerSecond { get; init; }

    /// <summary>Free connections below which the run backs off.</summary>
    public int MinFreeConnections { get; init; } = 3;

    /// <summary>
    /// Percent of the planned rows that may end unconfirmed or vanish, 0 to 100, before a completed run is implausible; also by how many percentage
    /// points a single chunk may exceed what is usual for its dates. 100 turns the check off. See docs/operations.md.
    /// </summary>
    public double MaxUnconfirmedPercent { get; init; } = 50;

    /// <summary>
    /// Percentage points, 0 to 100, by which the share of unconfirmed rows, and of values that could not be used, may exceed the median of
    /// recent sweep-safe or approved runs of the same conflict schema. 100 turns the check off.
    /// </summary>
    public double MaxUnconfirmedGrowth { get; init; } = 5;

    /// <summary>
    /// A query that returns one timestamptz: the moment up to which the analytics tables are loaded. Empty: derived from the tables
    /// (sql/checks/freshness.sql). It runs in a read-only transaction of its own, as the role of the connection.
    /// </summary>
    public string FreshnessQuery { get; init; } = "";

    /// <summary>Hours that the analytics tables may be old when a run starts; 0 turns the check off.</summary>
    public double MaxAnalyticsAgeHours { get; init; } = 24;

    /// <summary>Hours after its end for which a completed run stays sweep-safe; 0 means without limit.</summary>
    public double SweepSafeMaxAgeHours { get; init; } = 12;

    /// <summary>Days after their end for which runs stay in the ledger, with their chunks and events; 0 keeps them for good. See docs/operations.md.</summary>
    public int HistoryDays { get; init; } = 400;

    /// <summary>Texts of the settings that were given and differ from their defaults, by name; without the connection and secrets. Recorded with a run.</summary>
    internal IReadOnlyDictionary<string, string> Changed { get; init; } = NoneChanged;

    private static readonly IReadOnlyDictionary<string, string> NoneChanged = new SettingTexts();

    /// <summary>Where and as whom. A record would print its password.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{User}@{Host}:{Port}/{Database}");

    /// <summary>Equal for two starts whose results would be the same; a run is resumed only under the hash it began with.</summary>
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
