using System.Management.Automation;
using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>Asks a run to stop after the chunks in work. It can be resumed, unless it is abandoned.</summary>
[Cmdlet(VerbsLifecycle.Stop, "CmEtl", SupportsShouldProcess = true)]
[OutputType(typeof(EtlStatus))]
public sealed class StopCmEtlCommand : EngineCmdlet
{
    /// <summary>The run; the newest by default.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? RunId { get; set; }

    /// <summary>Give the run up for good and release its marks.</summary>
    [Parameter]
    public SwitchParameter Abandon { get; set; }

    /// <summary>With -Abandon: even while somebody works on it.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Why, for the ledger.</summary>
    [Parameter]
    public string Reason { get; set; } = "";

    private protected override void Process()
    {
        if (ShouldProcess($"{RunId ?? "the newest run"}, {Target}", Abandon ? "Abandon run" : "Stop run"))
        {
            WriteObject(Run(cancel => Engine.StopAsync(RunId, Abandon, Force, Reason, cancel)));
        }
    }
}
