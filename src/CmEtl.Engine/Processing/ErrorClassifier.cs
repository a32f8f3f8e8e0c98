using System.Globalization;
using System.Net.Sockets;
using Npgsql;

namespace CmEtl.Engine;

/// <summary>
/// Classifies an error: by SQLSTATE according to SqlStates.csv, or by the driver's exception when the server could not answer. The driver's
/// IsTransient is not used, because it treats a full disk as transient and a statement timeout as permanent.
/// </summary>
internal static class ErrorClassifier
{
    /// <summary>Recorded when the connection broke and the server could not report an error.</summary>
    public const string ConnectionLost = "08006";

    /// <summary>Whether the server reported an error or could not be asked.</summary>
    public static bool IsOfServer(Exception error) => error is NpgsqlException || IsOfConnection(error);

    public static (ErrorAction Action, string SqlState) Classify(Exception error) => error switch
    {
        PostgresException e => (Classify(e.SqlState), e.SqlState),
        CmEtlException { Kind: ErrorKind.Configuration } e => (ErrorAction.Fail, e.SqlState ?? ""),
        CmEtlException { SqlState: { Length: > 0 } state } => (Classify(state), state),
        CmEtlException { Kind: ErrorKind.Transient } => (ErrorAction.Retry, ""),
        CmEtlException => (ErrorAction.Fail, ""),
        _ when IsOfServer(error) => (ErrorAction.RetryAfterLedgerCheck, ConnectionLost),
        _ => (ErrorAction.Fail, ""),
    };

    /// <summary>CmEtl's own text for an error. The server's message may quote values, including SSNs.</summary>
    public static string Describe(Exception error) => error switch
    {
        CmEtlException e => e.Message,
        PostgresException e => $"{SqlStates.Find(e.SqlState).Meaning} (SqlState {e.SqlState})",
        NpgsqlException { InnerException: TimeoutException } => "the server did not answer in time",
        NpgsqlException { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } => "no server is listening at that host and port",
        NpgsqlException { InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } } =>
            "the host name could not be resolved",
        TimeoutException => "the server did not answer in time",
        _ when IsOfServer(error) => "the connection to the server was lost",
        _ => $"unexpected {error.GetType().Name}",
    };

    /// <summary>The exception that callers of the engine see.</summary>
    /// <param name="error">The original error.</param>
    /// <param name="where">The run, chunk or step in which it happened.</param>
    /// <param name="settings">The settings whose time limits may have been exceeded; null means the defaults.</param>
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

    // A connection that broke while no command was running, when the driver's keepalive got no answer, is reported by the next command as misuse.
    public static bool IsOfConnection(Exception error) =>
        error is SocketException or IOException or TimeoutException or InvalidOperationException { Message: "Connection is not open" };

    private const string UnexpectedRemedy = "Start again to resume. If the error occurs again, report it with this text.";

    private static string Fill(string remedy, EtlSettings settings) => remedy
        .Replace("{lock_timeout_seconds}", settings.LockTimeoutSeconds.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{chunk_timeout_seconds}", settings.ChunkTimeoutSeconds.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{task_timeout_seconds}", settings.TaskTimeoutSeconds.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static ErrorAction Classify(string sqlState) => SqlStates.Find(sqlState).Action;
}
