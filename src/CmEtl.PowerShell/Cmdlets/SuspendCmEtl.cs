using System.Management.Automation;
using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>
/// Lets a run under way begin no further chunk, whichever process leads it. Chunks in work are finished, its processes stay, and
/// Resume-CmEtl lets it go on.
/// </summary>
[Cmdlet(VerbsLifecycle.Suspend, "CmEtl", SupportsShouldProcess = true)]
[OutputType(typeof(EtlStatus))]
public sealed class SuspendCmEtlCommand : EngineCmdlet
{
    /// <summary>Id of the run; the newest by default.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    public string? RunId { get; set; }

    /// <summary>Why, for the ledger: one line.</summary>
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
