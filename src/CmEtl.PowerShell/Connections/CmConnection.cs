using System.Globalization;
using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>Where a database is and who connects. The password travels along but is never shown.</summary>
/// <param name="Host">Server name or socket folder.</param>
/// <param name="Port">TCP port.</param>
/// <param name="Database">Database name.</param>
/// <param name="User">Role to connect as.</param>
public sealed record CmConnection(string Host, int Port, string Database, string User)
{
    internal string? Password { get; init; }

    /// <summary>The sandbox this leads to, if it is one.</summary>
    internal string? SandboxPath { get; init; }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{User}@{Host}:{Port}/{Database}");

    internal Dictionary<string, object?> ToSettings()
    {
        var settings = new Dictionary<string, object?>
        {
            ["host"] = Host,
            ["port"] = Port,
            ["database"] = Database,
            ["user"] = User,
            ["password"] = Password,
        };
        if (SandboxPath is not null)
        {
            // What the environment says of another database is wrong for a sandbox.
            var defaults = new EtlSettings();
            settings["ssl_mode"] = "prefer";
            settings["conflict_schema"] = defaults.ConflictSchema;
            settings["analytics_schema"] = defaults.AnalyticsSchema;
            settings["ledger_schema"] = defaults.LedgerSchema;
        }

        return settings;
    }
}
