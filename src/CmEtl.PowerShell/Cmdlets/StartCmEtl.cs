using System.Management.Automation;
using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>
/// Starts a run, or resumes the newest unfinished one. Returns when the run is known and works on in the background of this process;
/// with <c>-Wait</c> it returns when the run is over. With <c>-WhatIf</c> it returns the findings that matter and the plan.
/// </summary>
[Cmdlet(VerbsLifecycle.Start, "CmEtl", SupportsShouldProcess = true)]
[OutputType(typeof(EtlStatus))]
public sealed class StartCmEtlCommand : EngineCmdlet
{
    // Enumerations of the engine are held behind a reference: PowerShell lays out this type before the load context is connected.
    private StartRequest _request = new();
    private object? _markMode;

    /// <summary>Id of a new run, or of the one to join.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? RunId { get => _request.RunId; set => _request = _request with { RunId = value }; }

    /// <summary>One chunk or many.</summary>
    [Parameter]
    public Phase Phase { get => _request.Phase; set => _request = _request with { Phase = value }; }

    /// <summary>Chunks in work at the same time.</summary>
    [Parameter]
    public int? MaxConcurrency { get; set; }

    /// <summary>Mark and update in two transactions per chunk, or in one.</summary>
    [Parameter]
    public MarkMode? MarkMode { get => (MarkMode?)_markMode; set => _markMode = value; }

    /// <summary>Rows a chunk should have.</summary>
    [Parameter]
    public int? TargetChunkSize { get; set; }

    /// <summary>Rows a chunk may have.</summary>
    [Parameter]
    public int? MaxChunkSize { get; set; }

    /// <summary>(VisitDate, SSN) keys a chunk may have.</summary>
    [Parameter]
    public int? MaxKeysPerChunk { get; set; }

    /// <summary>Years before today that the window begins.</summary>
    [Parameter]
    public int? LookbackYears { get; set; }

    /// <summary>Days after today that the window ends.</summary>
    [Parameter]
    public int? LookaheadDays { get; set; }

    /// <summary>Start afresh: an unfinished run is abandoned and its marks are released.</summary>
    [Parameter]
    public SwitchParameter New { get => _request.New; set => _request = _request with { New = value }; }

    /// <summary>Return when the run is over.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    private protected override void Process()
    {
        if (!MayProcess(Target, New ? "Start new run" : "Start or resume run", out var whatIf))
        {
            if (whatIf)
            {
                Preview();
            }

            return;
        }

        if (Wait)
        {
            RunToEnd();
        }
        else
        {
            WriteObject(Run(cancel => BackgroundRuns.StartAsync(OpenEngine(), _request, cancel)));
        }
    }

    private protected override Dictionary<string, object?> Settings() => new(base.Settings())
    {
        ["max_concurrency"] = MaxConcurrency,
        ["mark_mode"] = MarkMode,
        ["target_chunk_size"] = TargetChunkSize,
        ["max_chunk_size"] = MaxChunkSize,
        ["max_keys_per_chunk"] = MaxKeysPerChunk,
        ["lookback_years"] = LookbackYears,
        ["lookahead_days"] = LookaheadDays,
    };

    private void Preview()
    {
        var findings = Run(Engine.CheckAsync).Where(f => f.Severity > FindingSeverity.Information).ToList();
        WriteObject(findings, enumerateCollection: true);
        if (findings.TrueForAll(f => f.Severity < FindingSeverity.Error))
        {
            WriteObject(Run(cancel => Engine.PreviewPlanAsync(Phase, cancel)), enumerateCollection: true);
        }
    }

    private void RunToEnd()
    {
        EtlStatus? last = null;
        var progress = new PumpProgress<EtlStatus>(Pump, s => WriteProgress(RunProgress.Of(last = s)));
        try
        {
            last = Run(cancel => Engine.RunAsync(_request, progress, cancel));
        }
        finally
        {
            if (last is not null)
            {
                WriteProgress(RunProgress.End(last));
            }
        }

        WriteObject(last);
        if (last.State == RunState.Failed)
        {
            var chunks = Run(cancel => Engine.GetChunksAsync(last.RunId, cancel));
            WriteError(ErrorRecords.RunFailed(last, [.. chunks.Where(c => c.State is ChunkState.Failed or ChunkState.Quarantined)]));
        }
    }
}
