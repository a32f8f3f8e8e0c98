namespace CmEtl.PowerShell;

/// <summary>A running sandbox.</summary>
/// <param name="Path">Folder of the sandbox.</param>
/// <param name="Visits">Number of rows in the visit fact table.</param>
/// <param name="ConflictRows">Number of rows in conflictvisitmaps.</param>
/// <param name="Connection">The connection. Binds to <c>-Connection</c>.</param>
public sealed record CmSandbox(string Path, long Visits, long ConflictRows, CmConnection Connection)
{
    /// <summary>Loopback address.</summary>
    public string Host => Connection.Host;

    /// <summary>TCP port.</summary>
    public int Port => Connection.Port;

    /// <summary>Database name.</summary>
    public string Database => Connection.Database;

    /// <summary>Owner of everything in the database.</summary>
    public string User => Connection.User;
}
