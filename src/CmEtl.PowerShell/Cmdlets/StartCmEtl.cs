using System.Management.Automation;
using CmEtl.Aws.Executions;
using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>
/// Starts a run, or resumes the newest unfinished one. Returns when the run is known and works on in the background of this process;
/// with <c>-Wait</c> it returns when the run is over, and with <c>-AsJob</c> it returns a job that ends with the run.
/// With <c>-WhatIf</c> it returns the findings that matter and the plan, with <c>-DryRun</c> it executes every chunk and rolls it back.
/// With <c>-StateMachineArn</c> the run is an execution of that machine, and with <c>-Redrive</c> a failed one is taken up again.
/// </summary>
[Cmdlet(VerbsLifecycle.Start, "CmEtl", SupportsShouldProcess = true, DefaultParameterSetName = HereSet)]
[OutputType(typeof(EtlStatus), typeof(Job), typeof(Finding), typeof(ChunkInfo), typeof(DryRunResult), ParameterSetName = [HereSet])]
[OutputType(typeof(EtlExecution), ParameterSetName = [MachineSet, ExecutionSet])]
public sealed class StartCmEtlCommand : RemoteCmdlet
{
    private const string HereSet = "Here";
    private const string MachineSet = "StateMachine";
    private const string ExecutionSet = "Execution";

    // Enumerations of the engine are held behind a reference: PowerShell lays out this type before the load context is connected.
    private StartRequest _request = new();
    private object? _markMode;

    /// <summary>
    /// Id of a new run, or of the one to resume or join; on a state machine the execution's name. 1 to 80 letters a to z, digits, _ and -.
    /// Left out, the newest unfinished run is resumed, or a new id is made from the database clock.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = HereSet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = MachineSet)]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    public string? RunId { get => _request.RunId; set => _request = _request with { RunId = value }; }

    /// <summary>How the window is cut: into many chunks, or into one that covers all of it.</summary>
    [Parameter(ParameterSetName = HereSet)]
    public Phase Phase { get => _request.Phase; set => _request = _request with { Phase = value }; }

    /// <summary>Chunks in work at the same time, each on a connection of its own: 1 to 100.</summary>
    [Parameter(ParameterSetName = HereSet)]
    [Alias("ThrottleLimit")]
    public int? MaxConcurrency { get; set; }

    /// <summary>How rows are marked: in two transactions per chunk, or in one. The table is the same in the end.</summary>
    [Parameter(ParameterSetName = HereSet)]
    public MarkMode? MarkMode { get => (MarkMode?)_markMode; set => _markMode = value; }

    /// <summary>
    /// Rows that would be written as they are keep their version and their UpdatedDate; they count as confirmed. Needs -MarkMode
    /// SinglePass.
    /// </summary>
    [Parameter(ParameterSetName = HereSet)]
    public SwitchParameter SkipUnchanged { get; set; }

    /// <summary>
    /// Skips pairs whose inputs have not changed since the last completed delta run. Needs -MarkMode SinglePass.
    /// </summary>
    [Parameter(ParameterSetName = HereSet)]
    public SwitchParameter Delta { get; set; }

    /// <summary>Rows a chunk should have: 1 to 1000000, and no more than -MaxChunkSize.</summary>
    [Parameter(ParameterSetName = HereSet)]
    public int? TargetChunkSize { get; set; }

    /// <summary>Rows a chunk may have: 1 to 1000000. A (VisitDate, SSN) key with more rows is split by ID.</summary>
    [Parameter(ParameterSetName = HereSet)]
    public int? MaxChunkSize { get; set; }

    /// <summary>(VisitDate, SSN) keys a chunk may have: 1 to 1000000.</summary>
    [Parameter(ParameterSetName = HereSet)]
    public int? MaxKeysPerChunk { get; set; }

    /// <summary>Years before today at which the window begins: 0 to 100.</summary>
    [Parameter(ParameterSetName = HereSet)]
    public int? LookbackYears { get; set; }

    /// <summary>Days after today at which the window ends: 0 to 36500.</summary>
    [Parameter(ParameterSetName = HereSet)]
    public int? LookaheadDays { get; set; }

    /// <summary>
    /// Do not back off while the run is too much for others. Without it fewer workers go on while others wait for its locks, replicas fall
    /// behind or connections run out, and the status says why.
    /// </summary>
    [Parameter(ParameterSetName = HereSet)]
    public SwitchParameter NoBackOff { get; set; }

    /// <summary>
    /// Start afresh: an unfinished run is abandoned and its marks are released. Asks before when chunks of that run are done, unless
    /// -Confirm:$false is given.
    /// </summary>
    [Parameter(ParameterSetName = HereSet)]
    [Parameter(ParameterSetName = MachineSet)]
    public SwitchParameter New { get => _request.New; set => _request = _request with { New = value }; }

    /// <summary>
    /// Execute every chunk, roll it back, and return what would change. Nothing is written: no row, no mark, no before-snapshot, no run in the ledger. It
    /// takes about as long as a run, locks the rows of a chunk while it works on it, and writes as much WAL.
    /// </summary>
    [Parameter(ParameterSetName = HereSet)]
    public SwitchParameter DryRun { get; set; }

    /// <summary>
    /// Wait up to this long, as hh:mm:ss, until the analytics tables are fresh (setting max_analytics_age_hours), then start. Without it a start over
    /// stale tables is refused at once.
    /// </summary>
    [Parameter(ParameterSetName = HereSet)]
    [Minutes]
    public TimeSpan WaitFresh { get => _request.WaitFresh; set => _request = _request with { WaitFresh = value }; }

    /// <summary>
    /// Begin no chunk from this time on: a time of day such as 06:00, which means the next one, or a date and time. Local time, unless it ends in Z or an
    /// offset. Chunks in work are finished, the run ends as TimedOut, and the next start resumes it.
    /// </summary>
    [Parameter(ParameterSetName = HereSet)]
    [StopTime]
    public string? StopAt { get; set; }

    /// <summary>The same, so long after the start, as hh:mm:ss or in minutes.</summary>
    [Parameter(ParameterSetName = HereSet)]
    [Minutes]
    public TimeSpan? StopAfter { get; set; }

    /// <summary>Seconds that a worker pauses between two chunks: 0 to 3600.</summary>
    [Parameter(ParameterSetName = HereSet)]
    public double? ChunkDelaySeconds { get; set; }

    /// <summary>
    /// A file of metrics for the textfile collector of Prometheus, replaced every five seconds and at the end of the run.
    /// </summary>
    [Parameter(ParameterSetName = HereSet)]
    public string? MetricsPath { get; set; }

    /// <summary>
    /// Wait while the lease of another run on the schema lasts, in case its process is gone: at most lease_seconds. -Wait does so too. A start beside a
    /// process that is at work is refused.
    /// </summary>
    [Parameter(ParameterSetName = HereSet)]
    public SwitchParameter WaitForLease { get; set; }

    /// <summary>
    /// Return when the run is over, and show its progress until then. Without it the run goes on in this process: it stops, resumable, when
    /// the process ends.
    /// </summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>
    /// Return a job at once. Its output is the status of the run at its end; it fails when the run does, and stopping it stops the run.
    /// </summary>
    [Parameter(ParameterSetName = HereSet)]
    public SwitchParameter AsJob { get; set; }

    // These two are in the default set as well: it is what the pipeline binds to, and an execution has the id of its run too.

    /// <summary>The state machine to run on: its ARN, or that of a version or an alias.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = HereSet, DontShow = true)]
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = MachineSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(StateMachineArnCompleter))]
    public string? StateMachineArn { get; set; }

    /// <summary>The ARN of the execution to redrive.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = HereSet, DontShow = true)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = MachineSet)]
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ExecutionSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ExecutionArnCompleter))]
    public string? ExecutionArn { get; set; }

    /// <summary>
    /// Take up an execution where it failed: that of -ExecutionArn or -RunId, else the machine's newest that did not succeed. It has to be
    /// at most 14 days old.
    /// </summary>
    [Parameter(ParameterSetName = MachineSet)]
    [Parameter(Mandatory = true, ParameterSetName = ExecutionSet)]
    public SwitchParameter Redrive { get; set; }

    private protected override void Process()
    {
        if (DryRun && (AsJob || New || RunId is not null))
        {
            throw new CmEtlException(
                ErrorKind.Configuration, ErrorIds.DryRunNotPossible, "-DryRun begins and resumes no run, so that it goes with neither -AsJob, -New nor -RunId. Nothing was started.",
                "Leave these parameters out.") { Subject = nameof(DryRun) };
        }

        if (AsJob && (Wait || StateMachineArn is not null || ExecutionArn is not null))
        {
            throw new CmEtlException(
                ErrorKind.Configuration, ErrorIds.JobNotPossible, "-AsJob goes neither with -Wait nor with an execution on Step Functions. Nothing was started.",
                "Leave -AsJob out, or wait for the job with Wait-Job; an execution goes on by itself.") { Subject = nameof(AsJob) };
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
            && !MayGiveUp($"-New abandons run {given.RunId}, which has {StartForecast.Left(given)}."))
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

    // What keeps the ledger from being read is told by the preflight, in better words.
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
                "Remove the cause before the run; Test-CmEtlConfig looks for some of them.").ToErrorRecord(Target));
        }
    }
}
