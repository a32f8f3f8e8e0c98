using System.Management.Automation;
using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>
/// Waits for the end of a run that was started elsewhere and shows its progress. Ends as Start-CmEtl -Wait does, with the same output,
/// errors and exit codes. Ctrl-C ends the wait and does not affect the run.
/// </summary>
[Cmdlet(VerbsLifecycle.Wait, "CmEtl")]
[OutputType(typeof(EtlStatus))]
public sealed class WaitCmEtlCommand : EngineCmdlet
{
    /// <summary>Id of the run. The default is the newest run.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    public string? RunId { get; set; }

    /// <summary>
    /// How long to wait: a number of minutes, hh:mm:ss or days.hh:mm:ss. After that the run continues and the cmdlet fails with
    /// WaitTimeout. By default the cmdlet waits until the run has ended.
    /// </summary>
    [Parameter]
    [Minutes]
    public TimeSpan? Timeout { get; set; }

    private protected override void Process() => WaitForEnd(progress => Run(cancel => Engine.WaitAsync(RunId, Timeout, progress, cancel)));
}
