using System.Management.Automation;
using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>Releases the marks of stuck, failed and quarantined chunks and sets them back to pending.</summary>
[Cmdlet(VerbsCommon.Reset, "CmStuckRows", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(ResetResult))]
public sealed class ResetCmStuckRowsCommand : EngineCmdlet
{
    /// <summary>Id of the run. The default is the newest run.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    public string? RunId { get; set; }

    /// <summary>
    /// Resets only these chunks, by number. By default every chunk that is stuck, failed or quarantined, or waits with marked rows.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ChunkIdCompleter))]
    public int[]? ChunkId { get; set; }

    /// <summary>
    /// Resets only chunks whose last attempt started at least this long ago: a number of minutes, hh:mm:ss or days.hh:mm:ss.
    /// </summary>
    [Parameter]
    [Minutes]
    public TimeSpan? OlderThan { get; set; }

    /// <summary>Also resets chunks that a worker still holds. The worker is fenced off and can no longer commit.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Reason for the reset, as one line. The ledger records it.</summary>
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
