namespace CmEtl.Engine;

/// <summary>Every setting of the engine. Immutable; made and validated by <see cref="SettingsLoader"/>.</summary>
public sealed record EtlSettings
{
    /// <summary>Server name or socket folder.</summary>
    public string Host { get; init; } = "localhost";

    /// <summary>TCP port, 1 to 65535.</summary>
    public int Port { get; init; } = 5432;

    /// <summary>Database name.</summary>
    public string Database { get; init; } = "";

    /// <summary>Role to connect as.</summary>
    public string User { get; init; } = "";

    /// <summary>Password, or null for a password file, a certificate or trust.</summary>
    public string? Password { get; init; }

    /// <summary>Schema of conflictvisitmaps.</summary>
    public string ConflictSchema { get; init; } = "conflict";

    /// <summary>Schema of the analytics tables.</summary>
    public string AnalyticsSchema { get; init; } = "analytics";

    /// <summary>Schema of the ledger.</summary>
    public string LedgerSchema { get; init; } = "cm_etl";
}
