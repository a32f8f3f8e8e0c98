using System.Management.Automation;
using CmEtl.Aws.Plans;
using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>
/// Shows the chunks of a run, or the chunks that a new run would have. With <c>-Summary</c> it returns one record with the size of the plan
/// and the Step Functions definition that supports it, which can be piped to Deploy-CmStateMachine and Get-CmEtlCost.
/// </summary>
[Cmdlet(VerbsCommon.Get, "CmChunkPlan", DefaultParameterSetName = StoredSet)]
[OutputType(typeof(ChunkInfo), typeof(PlanAdvice))]
public sealed class GetCmChunkPlanCommand : EngineCmdlet
{
    private const string StoredSet = "Stored";
    private const string PreviewSet = "Preview";

    // Boxed, because PowerShell loads this type before the load context that has the enumeration is registered.
    private object _phase = Phase.Chunked;

    /// <summary>Id of the run. The default is the newest run.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = StoredSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    public string? RunId { get; set; }

    /// <summary>Calculates the plan of a new run and writes nothing.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PreviewSet)]
    public SwitchParameter Preview { get; set; }

    /// <summary>How the window is split: into many chunks, or into one chunk for the whole window.</summary>
    [Parameter(ParameterSetName = PreviewSet)]
    public Phase Phase { get => (Phase)_phase; set => _phase = value; }

    /// <summary>Returns one record for the whole plan: its size, and the Step Functions definition that supports it.</summary>
    [Parameter]
    public SwitchParameter Summary { get; set; }

    private protected override void Process()
    {
        var chunks = Run(Preview ? "Planning" : "Reading the plan",
            cancel => Preview ? Engine.PreviewPlanAsync(Phase, cancel) : Engine.GetChunksAsync(RunId, cancel));
        WriteObject(Summary ? PlanAdvice.For(chunks) : chunks, enumerateCollection: true);
    }
}
