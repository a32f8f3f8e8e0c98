using System.Net.Sockets;
using Npgsql;

namespace CmEtl.Engine;

/// <summary>
/// The one place that knows what an error means, by SqlState (https://www.postgresql.org/docs/current/errcodes-appendix.html). The driver's
/// own IsTransient is not used: it calls a full disk transient and a statement timeout permanent.
/// </summary>
internal static class ErrorClassifier
{
    /// <summary>Recorded when the connection broke and the server could not say anything.</summary>
    public const string ConnectionLost = "08006";

    public static (ErrorAction Action, string SqlState) Classify(Exception error) => error switch
    {
        PostgresException e => (Classify(e.SqlState), e.SqlState),
        CmEtlException { SqlState: { Length: > 0 } state } => (Classify(state), state),
        CmEtlException { Kind: ErrorKind.Transient } => (ErrorAction.Retry, ""),
        CmEtlException => (ErrorAction.Fail, ""),
        NpgsqlException or SocketException or IOException or TimeoutException => (ErrorAction.RetryAfterLedgerCheck, ConnectionLost),
        _ => (ErrorAction.Fail, ""),
    };

    /// <summary>Our own words for an error. The server's may quote values, and with them SSNs.</summary>
    public static string Describe(Exception error) => error switch
    {
        CmEtlException e => e.Message,
        PostgresException e => $"{Meaning(e.SqlState)} (SqlState {e.SqlState})",
        NpgsqlException { InnerException: TimeoutException } => "the server did not answer in time",
        NpgsqlException { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } => "nothing answers at that host and port",
        NpgsqlException { InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } } =>
            "the host's name leads nowhere",
        NpgsqlException or SocketException or IOException => "the connection to the server was lost",
        TimeoutException => "the server did not answer in time",
        _ => $"unexpected {error.GetType().Name}",
    };

    /// <summary>The exception that callers of the engine see.</summary>
    /// <param name="error">What happened.</param>
    /// <param name="where">To what.</param>
    /// <param name="settings">Whose time limits it may have run into; null means the defaults.</param>
    public static CmEtlException Wrap(Exception error, string where, EtlSettings? settings = null)
    {
        settings ??= new EtlSettings();
        if (error is CmEtlException ours)
        {
            return ours;
        }

        var (action, sqlState) = Classify(error);
        var (kind, remedy) = action switch
        {
            _ when sqlState == "55P03" => (ErrorKind.Transient,
                $"Try again when the other session is done, or wait longer: -LockTimeoutSeconds, now {settings.LockTimeoutSeconds} (lock_timeout_seconds)."),
            ErrorAction.Retry or ErrorAction.RetryAfterLedgerCheck => (ErrorKind.Transient, "Try again; a run that was under way can be resumed."),
            ErrorAction.Split => (ErrorKind.Transient,
                $"Allow more: -ChunkTimeoutSeconds, now {settings.ChunkTimeoutSeconds} (chunk_timeout_seconds), and for Task 01, plans and a sequential run "
                + $"-TaskTimeoutSeconds, now {settings.TaskTimeoutSeconds} (task_timeout_seconds). Or lower target_chunk_size."),
            ErrorAction.Pause => (ErrorKind.Transient, "Free disk space, memory or connections on the server, then start again to resume."),
            _ when sqlState.StartsWith("28", StringComparison.Ordinal) || sqlState is "3D000" =>
                (ErrorKind.Configuration, "Check database, user and password."),
            _ when sqlState is "42501" => (ErrorKind.Configuration, "Grant the missing privilege; Test-CmEtlConfig names it."),
            _ when sqlState is "42P01" or "3F000" or "42703" =>
                (ErrorKind.Configuration, "Run Initialize-CmEtlDatabase, and Test-CmEtlConfig to see which tables and columns are missing."),
            _ => (ErrorKind.Permanent, "Test-CmEtlConfig looks for causes; sql/task02/chunk_by_hand.psql shows the server's own words."),
        };
        return new CmEtlException(kind, sqlState.Length > 0 ? ErrorIds.Postgres + sqlState : ErrorIds.Unexpected, $"{where}: {Describe(error)}.", remedy, sqlState);
    }

    private static ErrorAction Classify(string sqlState) => sqlState switch
    {
        "57014" => ErrorAction.Split,
        "40001" or "40P01" or "55P03" or "25P03" or "25P04" or "57P01" or "57P02" or "57P03" or "53300" => ErrorAction.Retry,
        "08007" => ErrorAction.RetryAfterLedgerCheck,
        _ when sqlState.StartsWith("08", StringComparison.Ordinal) => ErrorAction.RetryAfterLedgerCheck,
        _ when sqlState.StartsWith("53", StringComparison.Ordinal) || sqlState.StartsWith("58", StringComparison.Ordinal) => ErrorAction.Pause,
        _ when sqlState.StartsWith("22", StringComparison.Ordinal) || sqlState.StartsWith("23", StringComparison.Ordinal) => ErrorAction.Isolate,
        _ => ErrorAction.Fail,
    };

    private static string Meaning(string sqlState) => sqlState switch
    {
        "57014" => "the statement ran into its time limit",
        "40001" => "rows were changed by somebody else meanwhile",
        "40P01" => "deadlock with another session",
        "55P03" => "a lock could not be had in time",
        "25P03" or "25P04" => "the session was idle in its transaction for too long",
        "57P01" or "57P02" or "57P03" => "the server is stopping, starting, or ended the session",
        "53300" => "the server has no free connection",
        "53100" => "the server's disk is full",
        "53200" => "the server is out of memory",
        "42501" => "a privilege is missing",
        "42P01" or "3F000" => "a table or schema is missing",
        "42703" => "a column is missing",
        "28P01" or "28000" => "the server refused the user or password",
        "3D000" => "the database does not exist",
        _ when sqlState.StartsWith("23", StringComparison.Ordinal) => "a row violates a constraint of its table",
        _ when sqlState.StartsWith("22", StringComparison.Ordinal) => "a value does not fit",
        _ => "the server refused the statement",
    };
}
