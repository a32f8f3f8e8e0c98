using System.Management.Automation;
using System.Management.Automation.Language;

namespace CmEtl.PowerShell;

/// <summary>
/// Connects to a database and makes it the session's connection, which every cmdlet uses by default. If the connection fails, the session
/// has none, so that later cmdlets cannot use the previous database by mistake.
/// </summary>
[Cmdlet(VerbsCommunications.Connect, "CmDatabase")]
[OutputType(typeof(CmDatabase))]
public sealed class ConnectCmDatabaseCommand : EngineCmdlet
{
    private static readonly (string Parameter, string[] Settings)[] SaidByString =
    [
        (nameof(HostName), ["host"]), (nameof(Port), ["port"]), (nameof(Database), ["database"]), (nameof(Credential), ["user", "password"]),
        (nameof(ConnectTimeoutSeconds), ["connect_timeout_seconds"]),
    ];

    /// <summary>
    /// An Npgsql connection string with Host, Port, Database, Username, Password, SSL Mode, Root Certificate, Timezone and Timeout. A
    /// password that you type stays in the shell's history, so use -Credential instead.
    /// </summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? ConnectionString { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (ConnectionString is not null)
        {
            HideTheLine();
        }
    }

    // A new connection must not inherit values from the previous one.
    private protected override CmConnection? SessionConnection => null;

    private protected override void Process()
    {
        CmSession.Connection = null;
        var server = Run(Engine.ConnectAsync);
        var made = Engine.Settings;
        var connection = CmConnection.Of(made, Settings()) with { Origin = PasswordOrigin, SettingsPath = SettingsFile,
            SandboxPath = Connection?.SandboxPath };
        CmSession.Connection = connection;
        WriteObject(new CmDatabase(
            connection, server.Version, server.Encrypted, made.ConflictSchema, made.AnalyticsSchema, made.LedgerSchema,
            server.LedgerVersion));
    }

    // An error record quotes the command line and the bound parameters. Both can contain a password here, so they are replaced.
    private void HideTheLine()
    {
        var shown = $"{MyInvocation.InvocationName} -{nameof(ConnectionString)} (hidden)";
        ScriptPosition At(int offset) => new(MyInvocation.ScriptName, MyInvocation.ScriptLineNumber, offset, shown);
        MyInvocation.DisplayScriptPosition = new ScriptExtent(At(1), At(shown.Length + 1));
        MyInvocation.BoundParameters[nameof(ConnectionString)] = "(hidden)";
    }

    private protected override Dictionary<string, object?> Settings()
    {
        var settings = base.Settings();
        if (ConnectionString is null)
        {
            return settings;
        }

        if (Connection is not null)
        {
            throw ConnectionParameters.Twice(nameof(ConnectionString), nameof(Connection));
        }

        foreach (var (name, value) in CmEtl.Engine.ConnectionString.Parse(ConnectionString))
        {
            settings[name] = SaidByString.FirstOrDefault(s => s.Settings.Contains(name)).Parameter is { } parameter
                && MyInvocation.BoundParameters.ContainsKey(parameter)
                    ? throw ConnectionParameters.Twice(nameof(ConnectionString), parameter)
                    : value;
        }

        return settings;
    }
}
