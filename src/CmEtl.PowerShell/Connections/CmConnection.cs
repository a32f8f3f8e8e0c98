using System.Globalization;
using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>Address of a database and the role to connect as. Contains the password, but never shows it.</summary>
/// <param name="Host">Server name or socket folder.</param>
/// <param name="Port">TCP port.</param>
/// <param name="Database">Database name.</param>
/// <param name="User">Role to connect as.</param>
public sealed record CmConnection(string Host, int Port, string Database, string User)
{
    internal string? Password { get; init; }

    /// <summary>Source of a password that is not stored: IAM or a secret.</summary>
    internal PasswordOrigin? Origin { get; init; }

    /// <summary>Other settings of the connection, by name: schemas, TLS, time limits.</summary>
    internal IReadOnlyDictionary<string, object?> Settings { get; init; } = new Dictionary<string, object?>();

    /// <summary>A JSON file with other settings.</summary>
    internal string? SettingsPath { get; init; }

    /// <summary>Folder of the sandbox. Null for other databases.</summary>
    internal string? SandboxPath { get; init; }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{User}@{Host}:{Port}/{Database}");

    /// <summary>Keeps the values that the connection was made with, so that later changes of the environment have no effect.</summary>
    /// <param name="made">The settings that the connection was made with.</param>
    /// <param name="given">The values that the caller set. Other values may change.</param>
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
