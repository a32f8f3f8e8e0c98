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

    /// <summary>Where the password comes from when it is not kept: IAM or a secret.</summary>
    internal PasswordOrigin? Origin { get; init; }

    /// <summary>Further settings that go with it, by name: schemas, TLS, time limits.</summary>
    internal IReadOnlyDictionary<string, object?> Settings { get; init; } = new Dictionary<string, object?>();

    /// <summary>A JSON file with whatever else is set.</summary>
    internal string? SettingsPath { get; init; }

    /// <summary>The sandbox this leads to, if it is one.</summary>
    internal string? SandboxPath { get; init; }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{User}@{Host}:{Port}/{Database}");

    /// <summary>The connection as it was made: what the environment says later leads nowhere else.</summary>
    /// <param name="made">What it was made with.</param>
    /// <param name="given">What the caller has set himself; the rest may change.</param>
    internal static CmConnection Of(EtlSettings made, IReadOnlyDictionary<string, object?> given) =>
        new(made.Host, made.Port, made.Database, made.User)
    {
        Password = made.Password,
        Settings = new Dictionary<string, object?>(given)
        {
            ["ssl_mode"] = made.SslMode.Length > 0 ? made.SslMode : null,
            ["root_certificate"] = made.RootCertificate.Length > 0 ? made.RootCertificate : null,
            ["conflict_schema"] = made.ConflictSchema,
            ["analytics_schema"] = made.AnalyticsSchema,
            ["ledger_schema"] = made.LedgerSchema,
        },
    };

    internal Dictionary<string, object?> ToSettings() => new(Settings)
    {
        ["host"] = Host,
        ["port"] = Port,
        ["database"] = Database,
        ["user"] = User,
        ["password"] = Password,
    };
}
