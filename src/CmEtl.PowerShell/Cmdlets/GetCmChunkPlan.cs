using System.Management.Automation;
using CmEtl.Aws.Plans;
using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>
/// Shows the chunks of a run, or those a new run would have; with <c>-Summary</c> one record: how large the plan is for Step Functions and
/// which definition carries it. It can be piped to Deploy-CmStateMachine and Get-CmEtlCost.
/// </summary>
[Cmdlet(VerbsCommon.Get, "CmChunkPlan", DefaultParameterSetName = StoredSet)]
[OutputType(typeof(ChunkInfo), typeof(PlanAdvice))]
public sealed class GetCmChunkPlanCommand : EngineCmdlet
{
    private const string StoredSet = "Stored";
    private const string PreviewSet = "Preview";

    // Behind a reference: PowerShell lays out this type before the load context is connected.
    private object _phase = Phase.Chunked;

    /// <summary>Id of the run; the newest by default.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = StoredSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    public string? RunId { get; set; }

    /// <summary>Plan now, as a new run would, and write nothing.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PreviewSet)]
    public SwitchParameter Preview { get; set; }

    /// <summary>How the window is cut: into many chunks, or into one that covers all of it.</summary>
    [Parameter(ParameterSetName = PreviewSet)]
    public Phase Phase { get => (Phase)_phase; set => _phase = value; }

    /// <summary>One record about the whole plan: its size, and the definition that carries it on Step Functions.</summary>
    [Parameter]
    public SwitchParameter Summary { get; set; }

    private protected override void Process()
    {
        var chunks = Run(Preview ? "Planning" : "Reading the plan",
            cancel => Preview ? Engine.PreviewPlanAsync(Phase, cancel) : Engine.GetChunksAsync(RunId, cancel));
        WriteObject(Summary ? PlanAdvice.For(chunks) : chunks, enumerateCollection: true);
    }
}
