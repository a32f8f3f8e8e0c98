using System.Management.Automation;
using CmEtl.Aws.Executions;
using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>
/// Starts a run, or resumes the newest unfinished one. Returns as soon as the run is known and continues in the background of this process.
/// With <c>-Wait</c> it returns when the run has ended, and with <c>-AsJob</c> it returns a job that ends with the run.
/// With <c>-WhatIf</c> it returns errors, warnings and the plan. With <c>-DryRun</c> it executes every chunk and rolls it back.
/// With <c>-StateMachineArn</c> the run is an execution of that state machine. <c>-Redrive</c> continues a failed execution.
/// </summary>
[Cmdlet(VerbsLifecycle.Start, "CmEtl", SupportsShouldProcess = true, DefaultParameterSetName = HereSet)]
[OutputType(typeof(EtlStatus), typeof(Job), typeof(Finding), typeof(ChunkInfo), typeof(DryRunResult), ParameterSetName = [HereSet])]
[OutputType(typeof(EtlExecution), ParameterSetName = [MachineSet, ExecutionSet])]
public sealed class StartCmEtlCommand : RemoteCmdlet
{
    private const string HereSet = "Here";
    private const string MachineSet = "StateMachine";
    private const string ExecutionSet = "Execution";

    // Enumerations are boxed, because PowerShell loads this type before the load context that has them is registered.
    private StartRequest _request = new();
    private object? _markMode;

    /// <summary>
    /// Id of a new run, or of a run to resume or join. On a state machine, the execution's name. 1 to 80 letters a to z, digits, _ and -.
    /// By default the newest unfinished run is resumed, or a new id is created from the database clock.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = HereSet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = MachineSet)]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    public string? RunId { get => _request.RunId; set => _request = _request with { RunId = value }; }

    /// <summary>How the window is split: into many chunks, or into one chunk for the whole window.</summary>
    [Parameter(ParameterSetName = HereSet)]
    public Phase Phase { get => _request.Phase; set => _request = _request with { Phase = value }; }

    /// <summary>Chunks processed at the same time, each on its own connection: 1 to 100.</summary>
    [Parameter(ParameterSetName = HereSet)]
    [Alias("ThrottleLimit")]
    public int? MaxConcurrency { get; set; }

    /// <summary>How rows are marked: in two transactions per chunk, or in one. The resulting table is the same.</summary>
    [Parameter(ParameterSetName = HereSet)]
    public MarkMode? MarkMode { get => (MarkMode?)_markMode; set => _markMode = value; }

    /// <summary>
    /// Does not write rows whose values would not change. They keep their row version and UpdatedDate, and count as confirmed. Needs
    /// -MarkMode SinglePass.
    /// </summary>
    [Parameter(ParameterSetName = HereSet)]
    public SwitchParameter SkipUnchanged { get; set; }

    /// <summary>
    /// Skips pairs whose inputs have not changed since the last completed delta run. Needs -MarkMode SinglePass.
    /// </summary>
    [Parameter(ParameterSetName = HereSet)]
    public SwitchParameter Delta { get; set; }

    /// <summary>Target number of rows per chunk: 1 to 1000000, and no more than -MaxChunkSize.</summary>
    [Parameter(ParameterSetName = HereSet)]
    public int? TargetChunkSize { get; set; }

    /// <summary>Maximum number of rows per chunk: 1 to 1000000. A (VisitDate, SSN) key with more rows is split by ID.</summary>
    [Parameter(ParameterSetName = HereSet)]
    public int? MaxChunkSize { get; set; }

    /// <summary>Maximum number of (VisitDate, SSN) keys per chunk: 1 to 1000000.</summary>
    [Parameter(ParameterSetName = HereSet)]
    public int? MaxKeysPerChunk { get; set; }

    /// <summary>Number of years before today at which the window begins: 0 to 100.</summary>
    [Parameter(ParameterSetName = HereSet)]
    public int? LookbackYears { get; set; }

    /// <summary>Number of days after today at which the window ends: 0 to 36500.</summary>
    [Parameter(ParameterSetName = HereSet)]
    public int? LookaheadDays { get; set; }

    /// <summary>
    /// Disables back-off. By default the run uses fewer workers while other sessions wait for its locks, replicas fall behind or
    /// connections run out. The status shows the reason.
    /// </summary>
    [Parameter(ParameterSetName = HereSet)]
    public SwitchParameter NoBackOff { get; set; }

    /// <summary>
    /// Starts a new run. An unfinished run is abandoned and its marks are released. Asks for confirmation first if that run has finished
    /// chunks, unless -Confirm:$false is given.
    /// </summary>
    [Parameter(ParameterSetName = HereSet)]
    [Parameter(ParameterSetName = MachineSet)]
    public SwitchParameter New { get => _request.New; set => _request = _request with { New = value }; }

    /// <summary>
    /// Executes every chunk, rolls it back, and returns what would change. No row, mark, before-snapshot or run in the ledger is written. A
    /// dry run takes about as long as a run, locks the rows of each chunk while it works on them, and writes as much WAL.
    /// </summary>
    [Parameter(ParameterSetName = HereSet)]
    public SwitchParameter DryRun { get; set; }

    /// <summary>
    /// Waits up to this long, as hh:mm:ss, until the analytics tables are fresh (setting max_analytics_age_hours), then starts. Without
    /// -WaitFresh, a start over stale tables is refused immediately.
    /// </summary>
    [Parameter(ParameterSetName = HereSet)]
    [Minutes]
    public TimeSpan WaitFresh { get => _request.WaitFresh; set => _request = _request with { WaitFresh = value }; }

    /// <summary>
    /// Time after which no chunk begins: the next occurrence of a time of day such as 06:00, or a date and time. Local time, unless it ends
    /// in Z or an offset. Chunks in progress are finished, the run ends as TimedOut, and the next start resumes it.
    /// </summary>
    [Parameter(ParameterSetName = HereSet)]
    [StopTime]
    public string? StopAt { get; set; }

    /// <summary>Time limit like -StopAt, counted from the start, as hh:mm:ss or in minutes.</summary>
    [Parameter(ParameterSetName = HereSet)]
    [Minutes]
    public TimeSpan? StopAfter { get; set; }

    /// <summary>Number of seconds that a worker pauses between two chunks: 0 to 3600.</summary>
    [Parameter(ParameterSetName = HereSet)]
    public double? ChunkDelaySeconds { get; set; }

    /// <summary>
    /// File for metrics in the format of Prometheus' textfile collector. It is replaced every five seconds and at the end of the run.
    /// </summary>
    [Parameter(ParameterSetName = HereSet)]
    public string? MetricsPath { get; set; }

    /// <summary>
    /// Waits until the lease of another run on the schema expires, in case its process has ended: at most lease_seconds. -Wait implies it.
    /// If that process is still working, the start is refused.
    /// </summary>
    [Parameter(ParameterSetName = HereSet)]
    public SwitchParameter WaitForLease { get; set; }

    /// <summary>
    /// Shows progress and returns when the run has ended. Without -Wait the run continues in this process. If the process ends, the run
    /// stops and can be resumed.
    /// </summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>
    /// Returns a job immediately. Its output is the status of the run when it has ended. The job fails if the run fails. Stopping the job
    /// stops the run.
    /// </summary>
    [Parameter(ParameterSetName = HereSet)]
    public SwitchParameter AsJob { get; set; }

    // These two are also in the default set, because the pipeline binds to it first and an execution also has the property RunId.

    /// <summary>ARN of the state machine to run on, or of one of its versions or aliases.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = HereSet, DontShow = true)]
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = MachineSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(StateMachineArnCompleter))]
    public string? StateMachineArn { get; set; }

    /// <summary>ARN of the execution to redrive.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = HereSet, DontShow = true)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = MachineSet)]
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ExecutionSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ExecutionArnCompleter))]
    public string? ExecutionArn { get; set; }

    /// <summary>
    /// Continues an execution from the state that failed: that of -ExecutionArn or -RunId, or else the state machine's newest execution
    /// that did not succeed. It must be at most 14 days old.
    /// </summary>
    [Parameter(ParameterSetName = MachineSet)]
    [Parameter(Mandatory = true, ParameterSetName = ExecutionSet)]
    public SwitchParameter Redrive { get; set; }

    private protected override void Process()
    {
        if (DryRun && (AsJob || New || RunId is not null))
        {
            throw new CmEtlException(
                ErrorKind.Configuration, ErrorIds.DryRunNotPossible, "-DryRun cannot be used with -AsJob, -New or -RunId, because it neither starts nor resumes a run. Nothing was started.",
                "Leave these parameters out.") { Subject = nameof(DryRun) };
        }

        if (AsJob && (Wait || StateMachineArn is not null || ExecutionArn is not null))
        {
            throw new CmEtlException(
                ErrorKind.Configuration, ErrorIds.JobNotPossible, "-AsJob cannot be used with -Wait or with an execution on Step Functions. Nothing was started.",
                "Leave out -AsJob, or wait for the job with Wait-Job. An execution continues without this session.") { Subject = nameof(AsJob) };
        }

        if (StateMachineArn is null && ExecutionArn is null)
        {
            StartHere();
        }
        else if (ShouldProcess(ExecutionArn ?? StateMachineArn, Redrive ? "Redrive execution" : "Start execution"))
        {
            var start = new ExecutionStart(StateMachineArn, ExecutionArn, RunId, New, Redrive);
            StartExecution(ExecutionArn ?? StateMachineArn!, start.BeginAsync, Wait);
        }
    }

    private void StartHere()
    {
        if (DryRun)
        {
            if (ShouldProcess(Target, "Execute all chunks and roll them back"))
            {
                Rehearse();
            }

            return;
        }

        var forecast = New || IsDryRun ? Foresee() : null;
        if (!IsDryRun && forecast is { Active: false, Unfinished: { ChunksDone: > 0 } given }
            && !MayDiscard($"-New abandons run {given.RunId}, which has {StartForecast.Left(given)}."))
        {
            return;
        }

        if (!MayProcess(Target, New ? "Start new run" : "Start or resume run", out var whatIf, forecast?.ToString()))
        {
            if (whatIf)
            {
                Preview(forecast);
            }

            return;
        }

        _request = _request with { WaitForLease = Wait || WaitForLease };
        if (Wait)
        {
            WaitForEnd(progress => Run(cancel => Engine.RunAsync(_request, progress, cancel)));
        }
        else if (AsJob)
        {
            var job = new RunJob(MyInvocation.MyCommand.Name, Target);
            job.Start(OpenEngine(new StreamLoggers(job.Write)), _request);
            JobRepository.Add(job);
            WriteObject(job);
        }
        else
        {
            if (ProcessLifetime.WarningFor(Host) is { } warning)
            {
                WriteWarning(warning);
            }

            WriteObject(Run(cancel => BackgroundRuns.StartAsync(OpenEngine(), _request, cancel)));
        }
    }

    private protected override Dictionary<string, object?> Settings() => new(base.Settings())
    {
        ["max_concurrency"] = MaxConcurrency,
        ["mark_mode"] = MarkMode,
        ["skip_unchanged"] = SkipUnchanged ? "on" : null,
        ["delta"] = Delta ? "on" : null,
        ["target_chunk_size"] = TargetChunkSize,
        ["max_chunk_size"] = MaxChunkSize,
        ["max_keys_per_chunk"] = MaxKeysPerChunk,
        ["lookback_years"] = LookbackYears,
        ["lookahead_days"] = LookaheadDays,
        ["back_off"] = NoBackOff ? "off" : null,
        ["stop_at"] = StopAt,
        ["stop_after_minutes"] = StopAfter?.TotalMinutes,
        ["chunk_delay_seconds"] = ChunkDelaySeconds,
        ["metrics_path"] = MetricsPath is null ? null : FullPath(MetricsPath),
    };

    // If the ledger cannot be read, the preflight reports the cause with a remedy.
    private StartForecast? Foresee()
    {
        try
        {
            return Run(cancel => Engine.ForeseeAsync(_request, cancel));
        }
        catch (CmEtlException)
        {
            return null;
        }
    }

    private void Preview(StartForecast? forecast)
    {
        var findings = Run(Engine.CheckAsync).Where(f => f.Severity > FindingSeverity.Information).ToList();
        WriteObject(findings, enumerateCollection: true);
        if (findings.TrueForAll(f => f.Severity < FindingSeverity.Error))
        {
            WriteObject(
                forecast is { Resumes: true, Unfinished: { ChunksTotal: > 0 } run }
                    ? Run(cancel => Engine.GetChunksAsync(run.RunId, cancel)).Where(c => c.State != ChunkState.Done)
                    : Run("Planning", cancel => Engine.PreviewPlanAsync(Phase, cancel)),
                enumerateCollection: true);
        }
    }

    private void Rehearse()
    {
        var progress = new PumpProgress<DryRunResult>(Pump, r => WriteProgress(RunProgress.Of(r)));
        var result = Run(cancel => Engine.DryRunAsync(Phase, progress, cancel));
        WriteProgress(RunProgress.End(result));
        WriteObject(result);
        if (result.ChunksFailed > 0)
        {
            WriteError(new CmEtlException(
                ErrorKind.Permanent, ErrorIds.DryRunFailed, $"{result.ChunksFailed} of {result.ChunksTotal} chunks could not be executed: {result.Reason}.",
                "Remove the cause before the run. Test-CmEtlConfig finds some causes.").ToErrorRecord(Target));
        }
    }
}
