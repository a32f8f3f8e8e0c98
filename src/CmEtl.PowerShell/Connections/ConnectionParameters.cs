using System.Collections;
using System.Management.Automation;
using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>
/// Finds the connection of a cmdlet: <c>-Connection</c>, or else the session's connection, or else the parameters alone. The loader takes
/// missing values from environment, settings file and defaults. Works on names and values, so that completers can use it.
/// </summary>
/// <param name="bound">The parameters by name.</param>
/// <param name="session">The session's connection. Null if it must not be used.</param>
internal sealed class ConnectionParameters(IDictionary bound, CmConnection? session)
{
    private static readonly (string Parameter, string Setting)[] Names =
    [
        (nameof(EngineCmdlet.HostName), "host"),
        (nameof(EngineCmdlet.Port), "port"),
        (nameof(EngineCmdlet.Database), "database"),
        (nameof(EngineCmdlet.UserName), "user"),
        (nameof(EngineCmdlet.ConflictSchema), "conflict_schema"),
        (nameof(EngineCmdlet.AnalyticsSchema), "analytics_schema"),
        (nameof(EngineCmdlet.LedgerSchema), "ledger_schema"),
        (nameof(EngineCmdlet.ConnectTimeoutSeconds), "connect_timeout_seconds"),
        (nameof(EngineCmdlet.LockTimeoutSeconds), "lock_timeout_seconds"),
        (nameof(EngineCmdlet.ChunkTimeoutSeconds), "chunk_timeout_seconds"),
        (nameof(EngineCmdlet.TaskTimeoutSeconds), "task_timeout_seconds"),
    ];

    // These parameters name another server or role. The password of the session's connection must not be sent there.
    private static readonly string[] Identity = 
    [
        nameof(EngineCmdlet.HostName), nameof(EngineCmdlet.Port), nameof(EngineCmdlet.Credential), nameof(EngineCmdlet.UserName),
        nameof(EngineCmdlet.UseIamAuthentication), nameof(EngineCmdlet.PasswordSecretArn),
    ];

    private readonly CmConnection? _connection = bound[nameof(EngineCmdlet.Connection)] is { } given
        ? (CmConnection)ConnectionTransformAttribute.Transform(given)
        : Identity.Any(p => bound[p] is not null) ? null : session;

    /// <summary>Source of the password, if it is created or read for each connection.</summary>
    public PasswordOrigin? Origin => PasswordOrigin.Of(bound, _connection);

    /// <summary>The settings file of the connection.</summary>
    public string? SettingsPath => _connection?.SettingsPath;

    /// <summary>The values that are set, by setting name. The loader ignores nulls.</summary>
    /// <exception cref="CmEtlException">Two parameters name the server or the role.</exception>
    public Dictionary<string, object?> ToSettings()
    {
        if (bound[nameof(EngineCmdlet.Connection)] is not null && Identity.FirstOrDefault(p => bound[p] is not null) is { } other)
        {
            throw Twice(nameof(EngineCmdlet.Connection), other);
        }

        var settings = _connection?.ToSettings() ?? [];
        foreach (var (parameter, setting) in Names.Where(n => bound[n.Parameter] is not null))
        {
            settings[setting] = bound[parameter];
        }

        if (bound[nameof(EngineCmdlet.Credential)] is not null && bound[nameof(EngineCmdlet.UserName)] is not null)
        {
            throw Twice(nameof(EngineCmdlet.UserName), nameof(EngineCmdlet.Credential));
        }

        if (bound[nameof(EngineCmdlet.Credential)] is { } login && LanguagePrimitives.ConvertTo<PSCredential>(login) is { } credential)
        {
            settings["user"] = credential.UserName;
            settings["password"] = credential.GetNetworkCredential().Password;
        }

        return settings;
    }

    /// <summary>The error for two parameters that name the same value.</summary>
    public static CmEtlException Twice(string one, string other) => new(
        ErrorKind.Configuration, ErrorIds.ConnectionTwice, $"-{one} and -{other} both name the server or the role.", "Use only one of them.") { Subject = other };
}
