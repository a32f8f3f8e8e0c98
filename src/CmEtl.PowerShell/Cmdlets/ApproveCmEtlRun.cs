using System.Management.Automation;
using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>
/// Approves a completed run that failed the plausibility check. The run becomes sweep-safe. The ledger records the role and the reason.
/// </summary>
[Cmdlet(VerbsLifecycle.Approve, "CmEtlRun", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(EtlStatus))]
public sealed class ApproveCmEtlRunCommand : EngineCmdlet
{
    /// <summary>Id of the run. The default is the newest run.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    public string? RunId { get; set; }

    /// <summary>What you checked and why the result is correct, as one line. The ledger records it.</summary>
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
