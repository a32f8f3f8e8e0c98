using System.Globalization;
using System.Net.Sockets;
using Npgsql;

namespace CmEtl.Engine;

/// <summary>
/// What an error means: by SQLSTATE as SqlStates.csv decides, or by the driver's exception when the server could not say anything. The
/// driver's own IsTransient is not used: it calls a full disk transient and a statement timeout permanent.
/// </summary>
internal static class ErrorClassifier
{
    /// <summary>Recorded when the connection broke and the server could not say anything.</summary>
    public const string ConnectionLost = "08006";

    public static (ErrorAction Action, string SqlState) Classify(Exception error) => error switch
    {
        PostgresException e => (Classify(e.SqlState), e.SqlState),
        CmEtlException { Kind: ErrorKind.Configuration } e => (ErrorAction.Fail, e.SqlState ?? ""),
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
        PostgresException e => $"{SqlStates.Find(e.SqlState).Meaning} (SqlState {e.SqlState})",
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
        var rule = sqlState.Length > 0 ? SqlStates.Find(sqlState) : null;
        return new CmEtlException(
            rule?.Kind ?? (action == ErrorAction.Retry ? ErrorKind.Transient : ErrorKind.Permanent),
            sqlState.Length > 0 ? ErrorIds.Postgres + sqlState : ErrorIds.Unexpected, $"{where}: {Describe(error)}.",
            rule is null ? UnexpectedRemedy : Fill(rule.Remedy, settings), sqlState);
    }

    private const string UnexpectedRemedy = "Start again to resume. If it happens again, report the defect with this text.";

    private static string Fill(string remedy, EtlSettings settings) => remedy
        .Replace("{lock_timeout_seconds}", settings.LockTimeoutSeconds.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{chunk_timeout_seconds}", settings.ChunkTimeoutSeconds.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{task_timeout_seconds}", settings.TaskTimeoutSeconds.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static ErrorAction Classify(string sqlState) => SqlStates.Find(sqlState).Action;
}
