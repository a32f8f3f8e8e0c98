using System.Management.Automation;
using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>
/// Overrules that a completed run is not plausible: it is sweep-safe from then on. The ledger records who did it and why.
/// </summary>
[Cmdlet(VerbsLifecycle.Approve, "CmEtlRun", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(EtlStatus))]
public sealed class ApproveCmEtlRunCommand : EngineCmdlet
{
    /// <summary>Id of the run; the newest by default.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    public string? RunId { get; set; }

    /// <summary>What was checked, and why the result is right, for the ledger: one line.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Reason { get; set; } = "";

    private protected override void Process()
    {
        if (ShouldProcess($"{RunId ?? "the newest run"}, {Target}", "Approve run as sweep-safe"))
        {
            WriteObject(Run(cancel => Engine.ApproveAsync(RunId, Reason, cancel)));
        }
    }
}
