using System.Collections;
using System.Management.Automation;
using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>
/// Where to, as the parameters of a cmdlet say: <c>-Connection</c>, else the session's connection, else the parameters alone; what they
/// leave open is found in environment, settings file and defaults. Works on names and values, so that completers can ask too.
/// </summary>
/// <param name="bound">The parameters by name.</param>
/// <param name="session">The session's connection, where it may be used.</param>
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

    // Who names one of these means another server or role, and the password of a connection is for nobody else.
    private static readonly string[] Identity = 
    [
        nameof(EngineCmdlet.HostName), nameof(EngineCmdlet.Port), nameof(EngineCmdlet.Credential), nameof(EngineCmdlet.UserName),
        nameof(EngineCmdlet.UseIamAuthentication), nameof(EngineCmdlet.PasswordSecretArn),
    ];

    private readonly CmConnection? _connection = bound[nameof(EngineCmdlet.Connection)] is { } given
        ? (CmConnection)ConnectionTransformAttribute.Transform(given)
        : Identity.Any(p => bound[p] is not null) ? null : session;

    /// <summary>Where the password comes from, when it is made or read for each connection.</summary>
    public PasswordOrigin? Origin => PasswordOrigin.Of(bound, _connection);

    /// <summary>The settings file that goes with it.</summary>
    public string? SettingsPath => _connection?.SettingsPath;

    /// <summary>What is set, by setting name; nulls are ignored by the loader.</summary>
    /// <exception cref="CmEtlException">Two parameters say where to.</exception>
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

    /// <summary>Two parameters that say the same.</summary>
    public static CmEtlException Twice(string one, string other) => new(
        ErrorKind.Configuration, ErrorIds.ConnectionTwice, $"-{one} and -{other} both say where to connect, or as whom.", "Give one of them.") { Subject = other };
}
