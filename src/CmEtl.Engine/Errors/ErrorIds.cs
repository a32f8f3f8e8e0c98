namespace CmEtl.Engine;

/// <summary>
/// The ids of all errors, for scripts. docs/errors.md has the meaning and the remedy of each. Errors of AWS services keep the names that
/// AWS gives them.
/// </summary>
public static class ErrorIds
{
    /// <summary>Prefix of a SqlState: an error of PostgreSQL.</summary>
    public const string Postgres = nameof(Postgres);

    /// <summary>The analytics tables are older than a run allows.</summary>
    public const string AnalyticsStale = nameof(AnalyticsStale);

    /// <summary>Region, profile or endpoint are invalid.</summary>
    public const string AwsSetup = nameof(AwsSetup);

    /// <summary>A file cannot be written.</summary>
    public const string CannotWrite = nameof(CannotWrite);

    /// <summary>Another process is working on the chunk.</summary>
    public const string ChunkBusy = nameof(ChunkBusy);

    /// <summary>Another worker has taken over the chunk.</summary>
    public const string ChunkFenced = nameof(ChunkFenced);

    /// <summary>The run has no such chunk.</summary>
    public const string ChunkNotFound = nameof(ChunkNotFound);

    /// <summary>Work would be discarded, and the shell cannot ask for confirmation.</summary>
    public const string ConfirmationNeeded = nameof(ConfirmationNeeded);

    /// <summary>Connecting to the server timed out.</summary>
    public const string ConnectTimeout = nameof(ConnectTimeout);

    /// <summary>The connection was specified in two ways.</summary>
    public const string ConnectionTwice = nameof(ConnectionTwice);

    /// <summary>The counts of a chunk are impossible.</summary>
    public const string CountsImpossible = nameof(CountsImpossible);

    /// <summary>Chunks of a dry run could not be executed.</summary>
    public const string DryRunFailed = nameof(DryRunFailed);

    /// <summary>A dry run cannot begin or resume a run.</summary>
    public const string DryRunNotPossible = nameof(DryRunNotPossible);

    /// <summary>An execution on Step Functions did not succeed.</summary>
    public const string ExecutionFailed = nameof(ExecutionFailed);

    /// <summary>The state of an execution could not be read for too long.</summary>
    public const string ExecutionNotSeen = nameof(ExecutionNotSeen);

    /// <summary>A file exists and was not replaced.</summary>
    public const string FileExists = nameof(FileExists);

    /// <summary>A file is read-only.</summary>
    public const string FileReadOnly = nameof(FileReadOnly);

    /// <summary>Two outputs have the same file.</summary>
    public const string FileWrittenTwice = nameof(FileWrittenTwice);

    /// <summary>The folder of a file does not exist.</summary>
    public const string FolderNotFound = nameof(FolderNotFound);

    /// <summary>A hook failed or took too long.</summary>
    public const string HookFailed = nameof(HookFailed);

    /// <summary>An index can only be created by the owner of its table.</summary>
    public const string IndexNotOwned = nameof(IndexNotOwned);

    /// <summary>A certificate file is missing or contains no certificate.</summary>
    public const string InvalidCertificate = nameof(InvalidCertificate);

    /// <summary>Host, port or certificate are invalid.</summary>
    public const string InvalidConnection = nameof(InvalidConnection);

    /// <summary>The connection string is invalid.</summary>
    public const string InvalidConnectionString = nameof(InvalidConnectionString);

    /// <summary>A state machine's definition is invalid.</summary>
    public const string InvalidDefinition = nameof(InvalidDefinition);

    /// <summary>An environment variable of the driver contradicts the settings or is invalid.</summary>
    public const string InvalidEnvironment = nameof(InvalidEnvironment);

    /// <summary>The function was called with an event that is not an action.</summary>
    public const string InvalidEvent = nameof(InvalidEvent);

    /// <summary>The function cannot be changed as requested.</summary>
    public const string InvalidFunction = nameof(InvalidFunction);

    /// <summary>The function's package is invalid.</summary>
    public const string InvalidPackage = nameof(InvalidPackage);

    /// <summary>A path is invalid.</summary>
    public const string InvalidPath = nameof(InvalidPath);

    /// <summary>A reason is invalid.</summary>
    public const string InvalidReason = nameof(InvalidReason);

    /// <summary>A run id is invalid.</summary>
    public const string InvalidRunId = nameof(InvalidRunId);

    /// <summary>Settings are invalid.</summary>
    public const string InvalidSettings = nameof(InvalidSettings);

    /// <summary>The server does not know the time zone.</summary>
    public const string InvalidTimeZone = nameof(InvalidTimeZone);

    /// <summary>A run cannot be started as a job.</summary>
    public const string JobNotPossible = nameof(JobNotPossible);

    /// <summary>A chunk that was to be reset has a valid lease.</summary>
    public const string LeaseLive = nameof(LeaseLive);

    /// <summary>The ledger was created from another text of a migration.</summary>
    public const string LedgerDiffers = nameof(LedgerDiffers);

    /// <summary>The ledger was not upgraded, because a run uses it or other objects depend on its views.</summary>
    public const string LedgerInUse = nameof(LedgerInUse);

    /// <summary>The ledger has a migration that this version does not know.</summary>
    public const string LedgerNewer = nameof(LedgerNewer);

    /// <summary>The role may neither create nor upgrade the ledger.</summary>
    public const string LedgerNotOwned = nameof(LedgerNotOwned);

    /// <summary>The manifest could not be written to S3.</summary>
    public const string ManifestNotWritten = nameof(ManifestNotWritten);

    /// <summary>A name occurs twice.</summary>
    public const string NameTwice = nameof(NameTwice);

    /// <summary>The function has no role.</summary>
    public const string NoAwsIdentity = nameof(NoAwsIdentity);

    /// <summary>No AWS credentials were found.</summary>
    public const string NoCredentials = nameof(NoCredentials);

    /// <summary>Database or user are not set.</summary>
    public const string NoDatabase = nameof(NoDatabase);

    /// <summary>The server requires a password.</summary>
    public const string NoPassword = nameof(NoPassword);

    /// <summary>There is no run yet.</summary>
    public const string NoRun = nameof(NoRun);

    /// <summary>There is no such version to roll back to.</summary>
    public const string NoVersion = nameof(NoVersion);

    /// <summary>The path cannot be used for a file.</summary>
    public const string NotAFile = nameof(NotAFile);

    /// <summary>The folder is not a sandbox.</summary>
    public const string NotASandbox = nameof(NotASandbox);

    /// <summary>The machine has no failed execution.</summary>
    public const string NothingToRedrive = nameof(NothingToRedrive);

    /// <summary>The connected role owns none of the objects whose rights were to be granted.</summary>
    public const string NotTheOwner = nameof(NotTheOwner);

    /// <summary>The function's time limit was reached.</summary>
    public const string OutOfTime = nameof(OutOfTime);

    /// <summary>Two parameters cannot be used together.</summary>
    public const string ParameterConflict = nameof(ParameterConflict);

    /// <summary>The plan of a run is damaged.</summary>
    public const string PlanDamaged = nameof(PlanDamaged);

    /// <summary>PostgreSQL's programs were not found.</summary>
    public const string PostgresNotFound = nameof(PostgresNotFound);

    /// <summary>The preflight found errors.</summary>
    public const string PreflightFailed = nameof(PreflightFailed);

    /// <summary>The function could not process the chunk.</summary>
    public const string RemoteChunkFailed = nameof(RemoteChunkFailed);

    /// <summary>The server has no such role.</summary>
    public const string RoleNotFound = nameof(RoleNotFound);

    /// <summary>The table did not store rows as they were written.</summary>
    public const string RowsNotStored = nameof(RowsNotStored);

    /// <summary>A run was abandoned.</summary>
    public const string RunAbandoned = nameof(RunAbandoned);

    /// <summary>A run is active.</summary>
    public const string RunActive = nameof(RunActive);

    /// <summary>A background run ended with an unexpected error.</summary>
    public const string RunBroken = nameof(RunBroken);

    /// <summary>A run ended as failed.</summary>
    public const string RunFailed = nameof(RunFailed);

    /// <summary>The run has ended.</summary>
    public const string RunFinished = nameof(RunFinished);

    /// <summary>A completed run is implausible and was not approved.</summary>
    public const string RunImplausible = nameof(RunImplausible);

    /// <summary>The run cannot be approved.</summary>
    public const string RunNotApprovable = nameof(RunNotApprovable);

    /// <summary>There is no such run.</summary>
    public const string RunNotFound = nameof(RunNotFound);

    /// <summary>The run cannot be resumed.</summary>
    public const string RunNotResumable = nameof(RunNotResumable);

    /// <summary>A request for a run that is not running.</summary>
    public const string RunNotRunning = nameof(RunNotRunning);

    /// <summary>A state machine leads the run, which does not support the request.</summary>
    public const string RunOfStateMachine = nameof(RunOfStateMachine);

    /// <summary>The run was begun with other settings or another version.</summary>
    public const string RunOfOtherKind = nameof(RunOfOtherKind);

    /// <summary>A completed run is too old, superseded, or was never checked.</summary>
    public const string RunNotSweepSafe = nameof(RunNotSweepSafe);

    /// <summary>A run was stopped before its end.</summary>
    public const string RunStopped = nameof(RunStopped);

    /// <summary>A run reached its time limit before its chunks were done.</summary>
    public const string RunTimedOut = nameof(RunTimedOut);

    /// <summary>Another run was started after this one.</summary>
    public const string RunSuperseded = nameof(RunSuperseded);

    /// <summary>The end of a run could not be stored or read.</summary>
    public const string RunUnverified = nameof(RunUnverified);

    /// <summary>The sandbox's folder is not empty.</summary>
    public const string SandboxFolderNotEmpty = nameof(SandboxFolderNotEmpty);

    /// <summary>The owner of the sandbox's folder cannot be changed to its account.</summary>
    public const string SandboxFolderNotOwned = nameof(SandboxFolderNotOwned);

    /// <summary>The sandbox's folder cannot be created.</summary>
    public const string SandboxFolderUnusable = nameof(SandboxFolderUnusable);

    /// <summary>A script of the sandbox failed.</summary>
    public const string SandboxScriptFailed = nameof(SandboxScriptFailed);

    /// <summary>The sandbox's server did not start.</summary>
    public const string SandboxStartFailed = nameof(SandboxStartFailed);

    /// <summary>The database's secret cannot be read.</summary>
    public const string SecretUnreadable = nameof(SecretUnreadable);

    /// <summary>The database server was unavailable for too long.</summary>
    public const string ServerUnavailable = nameof(ServerUnavailable);

    /// <summary>An AWS service took too long.</summary>
    public const string ServiceTimeout = nameof(ServiceTimeout);

    /// <summary>An AWS service does not answer.</summary>
    public const string ServiceUnreachable = nameof(ServiceUnreachable);

    /// <summary>Sessions of a run could not be ended.</summary>
    public const string SessionsNotEnded = nameof(SessionsNotEnded);

    /// <summary>The settings file cannot be read.</summary>
    public const string SettingsFileUnreadable = nameof(SettingsFileUnreadable);

    /// <summary>The table settings has no single usable row.</summary>
    public const string SettingsRow = nameof(SettingsRow);

    /// <summary>The snapshot belongs to another run.</summary>
    public const string SnapshotReplaced = nameof(SnapshotReplaced);

    /// <summary>A table is missing.</summary>
    public const string TableMissing = nameof(TableMissing);

    /// <summary>The connection cannot be encrypted as required.</summary>
    public const string TlsFailed = nameof(TlsFailed);

    /// <summary>An error without a more specific id.</summary>
    public const string Unexpected = nameof(Unexpected);

    /// <summary>The response did not come from the AWS service or function that was called.</summary>
    public const string UnexpectedReply = nameof(UnexpectedReply);

    /// <summary>The number of visits of a sandbox is negative.</summary>
    public const string VisitsNegative = nameof(VisitsNegative);

    /// <summary>A run was still running when the time to wait for it was over.</summary>
    public const string WaitTimeout = nameof(WaitTimeout);
}
