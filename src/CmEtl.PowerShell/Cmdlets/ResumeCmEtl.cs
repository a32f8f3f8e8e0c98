using System.Management.Automation;
using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>Lets a suspended run go on. A run that has ended is resumed by Start-CmEtl.</summary>
[Cmdlet(VerbsLifecycle.Resume, "CmEtl", SupportsShouldProcess = true)]
[OutputType(typeof(EtlStatus))]
public sealed class ResumeCmEtlCommand : EngineCmdlet
{
    /// <summary>Id of the run; the newest by default.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    public string? RunId { get; set; }

    private protected override void Process()
    {
        if (ShouldProcess($"{RunId ?? "the newest run"}, {Target}", "Resume run"))
        {
            WriteObject(Run(cancel => Engine.ContinueAsync(RunId, cancel)));
        }
    }
}
