using System.Management.Automation;
using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>Resumes a suspended run. Start-CmEtl resumes a run that has ended.</summary>
[Cmdlet(VerbsLifecycle.Resume, "CmEtl", SupportsShouldProcess = true)]
[OutputType(typeof(EtlStatus))]
public sealed class ResumeCmEtlCommand : EngineCmdlet
{
    /// <summary>Id of the run. The default is the newest run.</summary>
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
