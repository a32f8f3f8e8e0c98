using System.Management.Automation;
using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>
/// Waits for the end of a run that was started elsewhere, shows its progress, and ends as Start-CmEtl -Wait does: with the same output,
/// errors and exit codes. Ctrl-C ends the wait and leaves the run alone.
/// </summary>
[Cmdlet(VerbsLifecycle.Wait, "CmEtl")]
[OutputType(typeof(EtlStatus))]
public sealed class WaitCmEtlCommand : EngineCmdlet
{
    /// <summary>Id of the run; the newest by default.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    public string? RunId { get; set; }

    /// <summary>
    /// How long to wait: a number of minutes, or hh:mm:ss or days.hh:mm:ss. When it is over, the run goes on and the error is WaitTimeout.
    /// Left out: until the run has ended.
    /// </summary>
    [Parameter]
    [Minutes]
    public TimeSpan? Timeout { get; set; }

    private protected override void Process() => WaitForEnd(progress => Run(cancel => Engine.WaitAsync(RunId, Timeout, progress, cancel)));
}
