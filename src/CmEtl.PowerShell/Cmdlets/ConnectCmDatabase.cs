using System.Management.Automation;
using System.Management.Automation.Language;

namespace CmEtl.PowerShell;

/// <summary>
/// Connects, tells where to, and makes it the session's connection, which every cmdlet uses that is told nothing else. A session whose
/// Connect-CmDatabase failed has no connection: what follows must not land on the one before.
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
    /// A connection string of Npgsql: Host, Port, Database, Username, Password, SSL Mode, Root Certificate, Timezone, Timeout. What is
    /// typed stays in the shell's history: better leave out the password and give -Credential.
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

    // A new connection owes nothing to the one before.
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

    // Errors repeat the line that they come from, and hold what was bound: with a password in it, that is shown to nobody.
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
