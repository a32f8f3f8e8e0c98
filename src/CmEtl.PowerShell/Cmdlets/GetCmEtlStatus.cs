using System.Management.Automation;
using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>Shows a run, or the newest ones: one record per run, or one per chunk.</summary>
[Cmdlet(VerbsCommon.Get, "CmEtlStatus", DefaultParameterSetName = OneSet)]
[OutputType(typeof(EtlStatus), typeof(ChunkInfo))]
public sealed class GetCmEtlStatusCommand : EngineCmdlet
{
    private const string OneSet = "One";
    private const string LastSet = "Last";

    /// <summary>The run; the newest by default.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true, ParameterSetName = OneSet)]
    [ValidateNotNullOrEmpty]
    public string? RunId { get; set; }

    /// <summary>This many runs, newest first.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LastSet)]
    [ValidateRange(1, 1000)]
    public int Last { get; set; }

    /// <summary>The chunks instead, each with its run, so that they can be filtered and invoked again.</summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    private protected override void Process()
    {
        var runs = Run(async cancel => ParameterSetName == LastSet
            ? await Engine.GetRunsAsync(Last, cancel)
            : [await Engine.GetStatusAsync(RunId, cancel)]);
        foreach (var run in runs)
        {
            if (Detailed)
            {
                WriteObject(Run(cancel => Engine.GetChunksAsync(run.RunId, cancel)), enumerateCollection: true);
            }
            else
            {
                WriteObject(run);
            }
        }
    }
}
