using System.Management.Automation;
using CmEtl.Engine;
using Microsoft.Extensions.Logging;

namespace CmEtl.PowerShell;

/// <summary>
/// A cmdlet that talks to a database. Where to: <c>-Connection</c>, or the session's connection, in which single parameters replace single
/// values; where neither is, the parameters, then environment, settings file and defaults. A parameter that names another server or role
/// (<c>-HostName</c>, <c>-Port</c>, <c>-Credential</c>, <c>-UserName</c>) leaves the session's connection aside.
/// </summary>
public abstract class EngineCmdlet : CmCmdlet
{
    private EtlEngine? _engine;
    private CmConnection? _engineConnection;

    private protected EngineCmdlet()
    {
    }

    /// <summary>What New-CmSandbox or Connect-CmDatabase returned, or its Connection.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ConnectionTransform]
    [ValidateNotNull]
    public CmConnection? Connection { get; set; }

    /// <summary>
    /// Server name or socket folder. Left out: that of the session's connection, else POSTGRES_HOST, the settings file, localhost.
    /// </summary>
    [Parameter]
    [Alias("ComputerName", "Server")]
    public string? HostName { get; set; }

    /// <summary>TCP port: 1 to 65535. Else POSTGRES_PORT.</summary>
    [Parameter]
    public int? Port { get; set; }

    /// <summary>Database name. Else POSTGRES_DATABASE.</summary>
    [Parameter]
    [Alias("DatabaseName")]
    public string? Database { get; set; }

    /// <summary>Role and password to connect with. Else POSTGRES_USER and POSTGRES_PASSWORD, or a password file.</summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>Role to connect as, where the password comes from elsewhere. Else POSTGRES_USER.</summary>
    [Parameter]
    public string? UserName { get; set; }

    /// <summary>
    /// Authenticate with a token of AWS IAM instead of a password, made with the AWS credentials found here for each connection. Else
    /// CMETL_RDS_IAM.
    /// </summary>
    [Parameter]
    public SwitchParameter UseIamAuthentication { get; set; }

    /// <summary>
    /// ARN of a secret of AWS Secrets Manager that is the password, or has it in a field of that name. Else CMETL_PASSWORD_SECRET_ARN.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? PasswordSecretArn { get; set; }

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
    [Alias("ConfigPath")]
    public string? SettingsPath { get; set; }

    /// <summary>Seconds that the server may take to let a connection in: 1 to 300, 15 by default.</summary>
    [Parameter]
    public int? ConnectTimeoutSeconds { get; set; }

    /// <summary>Seconds that a statement may wait for a lock: 1 to 3600, 30 by default.</summary>
    [Parameter]
    public int? LockTimeoutSeconds { get; set; }

    /// <summary>Seconds that a statement of a chunk, and any other short one, may take: 1 to 86400, 600 by default.</summary>
    [Parameter]
    public int? ChunkTimeoutSeconds { get; set; }

    /// <summary>Seconds that a statement of Task 01, of a plan or of a sequential run may take: 1 to 604800, 7200 by default.</summary>
    [Parameter]
    public int? TaskTimeoutSeconds { get; set; }

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

    private protected override object Subject => _engine is null ? base.Subject : Target;

    /// <summary>The settings file: that of the connection where none is named.</summary>
    private protected string? SettingsFile => SettingsPath is null ? Parameters.SettingsPath : FullPath(SettingsPath);

    // Naming nothing, a cmdlet works where the session does.
    private protected virtual CmConnection? SessionConnection => CmSession.Connection;

    // What the pipeline bound for an earlier record stays among the bound parameters; the property is that of this record.
    private ConnectionParameters Parameters =>
        new(new Dictionary<string, object?>(MyInvocation.BoundParameters!) { [nameof(Connection)] = Connection }, SessionConnection);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        foreach (var problem in BackgroundRuns.TakeProblems())
        {
            WriteWarning(problem.ToString());
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        CloseEngine();
        base.Dispose(disposing);
    }

    private protected EtlEngine OpenEngine(ILoggerFactory? loggers = null) 
    {
        var settings = SettingsLoader.Load(Settings(), SettingsFile);
        var origin = PasswordOrigin;
        // A password of the environment is not meant for a connection that names another source.
        return origin is null
            ? new(settings, loggers ?? Loggers())
            : new(settings with { Password = null }, loggers ?? Loggers(), origin.Open(settings));
    }

    private protected PasswordOrigin? PasswordOrigin => Parameters.Origin;

    /// <summary>Shows a run's progress until its end, writes it, and an error when it is no success.</summary>
    private protected void WaitForEnd(Func<IProgress<EtlStatus>, EtlStatus> run)
    {
        EtlStatus? last = null;
        var progress = new PumpProgress<EtlStatus>(Pump, s => WriteProgress(RunProgress.Of(last = s)));
        ErrorRecord? problem;
        try
        {
            last = run(progress);
            problem = ErrorRecords.RunEnded(last, Run(cancel => Engine.GetFailedChunksAsync(last, cancel)));
        }
        catch (CmEtlException error) when (error.ErrorId == ErrorIds.WaitTimeout)
        {
            problem = error.ToErrorRecord(Subject);
        }
        finally
        {
            if (last is not null)
            {
                WriteProgress(RunProgress.End(last));
            }
        }

        WriteObject(last);
        if (problem is not null)
        {
            WriteError(problem);
        }
    }

    /// <summary>What the caller has set, by setting name. Nulls are ignored by the loader.</summary>
    private protected virtual Dictionary<string, object?> Settings() => Parameters.ToSettings();

    private void CloseEngine()
    {
        _engine?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _engine = null;
    }
}
