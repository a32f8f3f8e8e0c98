using System.Management.Automation;
using CmEtl.Engine;
using Microsoft.Extensions.Logging;

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

    /// <summary>Server name or socket folder.</summary>
    [Parameter]
    public string? HostName { get; set; }

    /// <summary>TCP port.</summary>
    [Parameter]
    public int? Port { get; set; }

    /// <summary>Database name.</summary>
    [Parameter]
    public string? Database { get; set; }

    /// <summary>Role and password to connect with.</summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>Schema of conflictvisitmaps.</summary>
    [Parameter]
    public string? ConflictSchema { get; set; }

    /// <summary>Schema of the analytics tables.</summary>
    [Parameter]
    public string? AnalyticsSchema { get; set; }

    /// <summary>Schema of the ledger.</summary>
    [Parameter]
    public string? LedgerSchema { get; set; }

    /// <summary>A JSON file with settings.</summary>
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

    private protected EtlEngine OpenEngine(ILoggerFactory? loggers = null) =>
        new(SettingsLoader.Load(Settings(), SettingsPath is null ? null : FullPath(SettingsPath)), loggers ?? Loggers());

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
