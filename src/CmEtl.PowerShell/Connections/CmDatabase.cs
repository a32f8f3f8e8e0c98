namespace CmEtl.PowerShell;

/// <summary>A database that Connect-CmDatabase reached.</summary>
/// <param name="Connection">The connection. Binds to <c>-Connection</c>.</param>
/// <param name="ServerVersion">The server's version, such as 17.2.</param>
/// <param name="Tls">Whether the connection is encrypted, as the server sees it.</param>
/// <param name="ConflictSchema">Schema of conflictvisitmaps.</param>
/// <param name="AnalyticsSchema">Schema of the analytics tables.</param>
/// <param name="LedgerSchema">Schema of the ledger.</param>
/// <param name="LedgerVersion">Number of the ledger's newest migration. Null if Initialize-CmEtlDatabase has not been run yet.</param>
public sealed record CmDatabase(
    CmConnection Connection, string ServerVersion, bool Tls, string ConflictSchema, string AnalyticsSchema, string LedgerSchema,
    int? LedgerVersion)
{
    /// <summary>Server name or socket folder.</summary>
    public string Host => Connection.Host;

    /// <summary>TCP port.</summary>
    public int Port => Connection.Port;

    /// <summary>Database name.</summary>
    public string Database => Connection.Database;

    /// <summary>Role of the connection.</summary>
    public string User => Connection.User;
}
