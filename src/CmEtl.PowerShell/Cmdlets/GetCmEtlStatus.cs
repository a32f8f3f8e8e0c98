using System.Management.Automation;
using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>Shows a run, or the newest ones.</summary>
[Cmdlet(VerbsCommon.Get, "CmEtlStatus", DefaultParameterSetName = OneSet)]
[OutputType(typeof(EtlStatus))]
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

    /// <summary>Every count in the view, and the chunks as a property.</summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    private protected override void Process()
    {
        var runs = Run(async cancel => ParameterSetName == LastSet
            ? await Engine.GetRunsAsync(Last, cancel)
            : [await Engine.GetStatusAsync(RunId, cancel)]);
        foreach (var run in runs)
        {
            WriteObject(Detailed ? WithChunks(run) : run);
        }
    }

    private PSObject WithChunks(EtlStatus run)
    {
        var chunks = Run(cancel => Engine.GetChunksAsync(run.RunId, cancel));
        var detailed = new PSObject(run);
        detailed.TypeNames.Insert(0, typeof(EtlStatus).FullName + "#Detailed");
        detailed.Properties.Add(new PSNoteProperty("Chunks", chunks));
        return detailed;
    }
}
