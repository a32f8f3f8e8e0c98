namespace CmEtl.PowerShell;

/// <summary>A running sandbox.</summary>
/// <param name="Path">Folder of its data.</param>
/// <param name="Visits">Rows in the visit fact.</param>
/// <param name="ConflictRows">Rows in conflictvisitmaps.</param>
/// <param name="Connection">How to reach it; binds to <c>-Connection</c>.</param>
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
