using System.Management.Automation;
using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>Releases the marks of stuck, failed and quarantined chunks and sets them back to pending.</summary>
[Cmdlet(VerbsCommon.Reset, "CmStuckRows", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(ResetResult))]
public sealed class ResetCmStuckRowsCommand : EngineCmdlet
{
    /// <summary>Id of the run; the newest by default.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    public string? RunId { get; set; }

    /// <summary>
    /// Only these chunks, by number. Left out: every chunk that is stuck, failed or quarantined, or waits with rows marked.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ChunkIdCompleter))]
    public int[]? ChunkId { get; set; }

    /// <summary>
    /// Only chunks whose last attempt started at least this long ago: a number of minutes, or hh:mm:ss or days.hh:mm:ss.
    /// </summary>
    [Parameter]
    [Minutes]
    public TimeSpan? OlderThan { get; set; }

    /// <summary>Also chunks that a worker still holds. That worker is fenced off: it can commit nothing any more.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Why, for the ledger: one line.</summary>
    [Parameter]
    public string Reason { get; set; } = "";

    private protected override void Process()
    {
        var request = new ResetRequest { RunId = RunId, ChunkIds = ChunkId, OlderThan = OlderThan, Force = Force, Reason = Reason };
        if (MayProcess($"{RunId ?? "the newest run"}, {Target}", "Reset stuck rows", out var whatIf))
        {
            WriteObject(Run("Releasing marks", cancel => Engine.ResetAsync(request, cancel)), enumerateCollection: true);
        }
        else if (whatIf)
        {
            WriteObject(Run("Counting marks", cancel => Engine.PreviewResetAsync(request, cancel)), enumerateCollection: true);
        }
    }
}
