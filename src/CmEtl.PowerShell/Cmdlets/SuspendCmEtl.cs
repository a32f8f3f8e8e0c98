using System.Management.Automation;
using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>
/// Suspends a run in progress, from any process. Chunks in progress are finished, and no further chunk begins until Resume-CmEtl. The
/// processes of the run keep running.
/// </summary>
[Cmdlet(VerbsLifecycle.Suspend, "CmEtl", SupportsShouldProcess = true)]
[OutputType(typeof(EtlStatus))]
public sealed class SuspendCmEtlCommand : EngineCmdlet
{
    /// <summary>Id of the run. The default is the newest run.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    public string? RunId { get; set; }

    /// <summary>Reason for the suspension, as one line. The ledger records it.</summary>
    [Parameter]
    public string Reason { get; set; } = "";

    private protected override void Process()
    {
        if (ShouldProcess($"{RunId ?? "the newest run"}, {Target}", "Suspend run"))
        {
            WriteObject(Run(cancel => Engine.SuspendAsync(RunId, Reason, cancel)));
        }
    }
}
