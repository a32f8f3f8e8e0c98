using System.Management.Automation;
using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>
/// A cmdlet that talks to a database. Where to: <c>-Connection</c>, then the single parameters, then the session's sandbox, then
/// environment, settings file and defaults.
/// </summary>
public abstract class EngineCmdlet : CmCmdlet
{
    private EtlEngine? _engine;
    private CmConnection? _engineConnection;

    private protected EngineCmdlet()
    {
    }

    /// <summary>A connection as <c>New-CmSandbox</c> returns it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNull]
    public CmConnection? Connection { get; set; }

    /// <summary>
    /// Server name or socket folder. Left out: that of the session's connection, else POSTGRES_HOST, the settings file, localhost.
    /// </summary>
    [Parameter]
    public string? HostName { get; set; }

    /// <summary>TCP port: 1 to 65535. Else POSTGRES_PORT.</summary>
    [Parameter]
    public int? Port { get; set; }

    /// <summary>Database name. Else POSTGRES_DATABASE.</summary>
    [Parameter]
    public string? Database { get; set; }

    /// <summary>Role and password to connect with. Else POSTGRES_USER and POSTGRES_PASSWORD, or a password file.</summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>Schema of conflictvisitmaps. Else POSTGRES_CONFLICT_SCHEMA.</summary>
    [Parameter]
    public string? ConflictSchema { get; set; }

    /// <summary>Schema of the analytics tables. Else POSTGRES_ANALYTICS_SCHEMA.</summary>
    [Parameter]
    public string? AnalyticsSchema { get; set; }

    /// <summary>Schema of the ledger. Else CMETL_LEDGER_SCHEMA.</summary>
    [Parameter]
    public string? LedgerSchema { get; set; }

    /// <summary>
    /// A JSON file with settings by name, such as { "target_chunk_size": 10000 }. Parameters and environment variables win over it.
    /// </summary>
    [Parameter]
    public string? SettingsPath { get; set; }

    private protected EtlEngine Engine
    {
        get
        {
            // Kept from record to record, so that a pipeline of chunks connects once.
            if (_engine is null || !ReferenceEquals(_engineConnection, Connection))
            {
                CloseEngine();
                _engine = OpenEngine();
                _engineConnection = Connection;
            }

            return _engine;
        }
    }

    private protected string Target => $"{Engine.Settings.Database} on {Engine.Settings.Host}";

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        foreach (var problem in BackgroundRuns.TakeProblems())
        {
            WriteWarning(problem);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        CloseEngine();
        base.Dispose(disposing);
    }

    private protected EtlEngine OpenEngine() =>
        new(SettingsLoader.Load(Settings(), SettingsPath is null ? null : FullPath(SettingsPath)), new StreamLoggers(Pump, this));

    /// <summary>What the caller has set, by setting name. Nulls are ignored by the loader.</summary>
    private protected virtual Dictionary<string, object?> Settings()
    {
        var settings = (Connection ?? SessionConnection())?.ToSettings() ?? new Dictionary<string, object?>
        {
            ["host"] = HostName,
            ["port"] = Port,
            ["user"] = Credential?.UserName,
            ["password"] = Credential?.GetNetworkCredential().Password,
        };
        if (Connection is null)
        {
            Set("database", Database);
        }

        Set("conflict_schema", ConflictSchema);
        Set("analytics_schema", AnalyticsSchema);
        Set("ledger_schema", LedgerSchema);
        return settings;

        void Set(string name, string? value) => settings[name] = value ?? settings.GetValueOrDefault(name);
    }

    // Naming another server or role drops the session's connection as a whole: its password is for nobody else.
    private CmConnection? SessionConnection() =>
        HostName is null && Port is null && Credential is null ? CmSession.Connection : null;

    private void CloseEngine()
    {
        _engine?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _engine = null;
    }
}
