using System.Management.Automation;
using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>
/// Deletes old runs from the ledger, with their chunks and events, and removes the bounds of chunks, which hold SSNs, from runs that need
/// them no more.
/// </summary>
[Cmdlet(VerbsCommon.Clear, "CmEtlHistory", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(HistoryCleared))]
public sealed class ClearCmEtlHistoryCommand : EngineCmdlet
{
    /// <summary>
    /// Delete runs that ended at least this long ago: a number of days, or days.hh:mm:ss. The newest ten completed runs, and runs that can
    /// be resumed or that a run with -Delta compares with, are kept.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Days]
    public TimeSpan OlderThan { get; set; }

    private protected override void Process()
    {
        if (MayProcess(Target, $"Delete runs older than {OlderThan.TotalDays:0.##} days from the ledger", out var whatIf))
        {
            WriteObject(Run("Deleting history", cancel => Engine.ClearHistoryAsync(OlderThan, preview: false, cancel)));
        }
        else if (whatIf)
        {
            WriteObject(Run("Counting history", cancel => Engine.ClearHistoryAsync(OlderThan, preview: true, cancel)));
        }
    }
}
