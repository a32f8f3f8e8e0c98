using System.Management.Automation;
using CmEtl.Aws;
using CmEtl.Aws.Notifications;
using CmEtl.Engine;
using Microsoft.Extensions.Logging;

namespace CmEtl.PowerShell;

/// <summary>
/// A cmdlet that connects to a database. It uses <c>-Connection</c>, or else the session's connection. Parameters replace individual values
/// of it. Without either, values come from the parameters, the environment, the settings file and defaults, in this order. A parameter that
/// names another server or role (<c>-HostName</c>, <c>-Port</c>, <c>-Credential</c>, <c>-UserName</c>) disables the session's connection.
/// </summary>
public abstract class EngineCmdlet : CmCmdlet
{
    private EtlEngine? _engine;
    private CmConnection? _engineConnection;

    private protected EngineCmdlet()
    {
    }

    /// <summary>The output of New-CmSandbox or Connect-CmDatabase, or its property Connection.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ConnectionTransform]
    [ValidateNotNull]
    public CmConnection? Connection { get; set; }

    /// <summary>
    /// Server name or socket folder. Defaults: the session's connection, POSTGRES_HOST, the settings file, localhost.
    /// </summary>
    [Parameter]
    [Alias("ComputerName", "Server")]
    public string? HostName { get; set; }

    /// <summary>TCP port: 1 to 65535. Overrides POSTGRES_PORT.</summary>
    [Parameter]
    public int? Port { get; set; }

    /// <summary>Database name. Overrides POSTGRES_DATABASE.</summary>
    [Parameter]
    [Alias("DatabaseName")]
    public string? Database { get; set; }

    /// <summary>Database role and password. Overrides POSTGRES_USER, POSTGRES_PASSWORD and password files.</summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>Database role, if the password has another source. Overrides POSTGRES_USER.</summary>
    [Parameter]
    public string? UserName { get; set; }

    /// <summary>
    /// Authenticates with an AWS IAM token instead of a password. A token is created for each connection, with the AWS credentials of this
    /// process. Overrides CMETL_RDS_IAM.
    /// </summary>
    [Parameter]
    public SwitchParameter UseIamAuthentication { get; set; }

    /// <summary>
    /// ARN of an AWS Secrets Manager secret: the password, or JSON with a field password. Overrides CMETL_PASSWORD_SECRET_ARN.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? PasswordSecretArn { get; set; }

    /// <summary>Schema of conflictvisitmaps. Overrides POSTGRES_CONFLICT_SCHEMA.</summary>
    [Parameter]
    public string? ConflictSchema { get; set; }

    /// <summary>Schema of the analytics tables. Overrides POSTGRES_ANALYTICS_SCHEMA.</summary>
    [Parameter]
    public string? AnalyticsSchema { get; set; }

    /// <summary>Schema of the ledger. Overrides CMETL_LEDGER_SCHEMA.</summary>
    [Parameter]
    public string? LedgerSchema { get; set; }

    /// <summary>
    /// A JSON file with settings by name, such as { "target_chunk_size": 10000 }. Parameters and environment variables override it.
    /// </summary>
    [Parameter]
    [Alias("ConfigPath")]
    public string? SettingsPath { get; set; }

    /// <summary>Maximum time in seconds to connect to the server: 1 to 300, 15 by default.</summary>
    [Parameter]
    public int? ConnectTimeoutSeconds { get; set; }

    /// <summary>Maximum time in seconds that a statement waits for a lock: 1 to 3600, 30 by default.</summary>
    [Parameter]
    public int? LockTimeoutSeconds { get; set; }

    /// <summary>Maximum time in seconds of a chunk's statement or another short statement: 1 to 86400, 600 by default.</summary>
    [Parameter]
    public int? ChunkTimeoutSeconds { get; set; }

    /// <summary>Maximum time in seconds of a statement of Task 01, planning or a sequential run: 1 to 604800, 7200 by default.</summary>
    [Parameter]
    public int? TaskTimeoutSeconds { get; set; }

    private protected EtlEngine Engine
    {
        get
        {
            // Reused for all records of a pipeline, so that it connects only once.
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

    /// <summary>The settings file. The default is that of the connection.</summary>
    private protected string? SettingsFile => SettingsPath is null ? Parameters.SettingsPath : FullPath(SettingsPath);


    private protected virtual CmConnection? SessionConnection => CmSession.Connection;

    // BoundParameters still has the value of an earlier pipeline record. The property has the current one.
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
        // The environment's password must not be used if the connection has another source for it.
        return new(
            origin is null ? settings : settings with { Password = null }, loggers ?? Loggers(), origin?.Open(settings),
            NotificationTopic.Of(settings, new AwsConnection()));
    }

    private protected PasswordOrigin? PasswordOrigin => Parameters.Origin;

    /// <summary>Shows a run's progress until its end and writes the run. Writes an error if it is not a success.</summary>
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

    /// <summary>The values that the caller set, by setting name. The loader ignores nulls.</summary>
    private protected virtual Dictionary<string, object?> Settings() => Parameters.ToSettings();

    private void CloseEngine()
    {
        _engine?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _engine = null;
    }
}
