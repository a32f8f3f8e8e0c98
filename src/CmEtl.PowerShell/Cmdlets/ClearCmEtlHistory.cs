using System.Management.Automation;
using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>
/// Deletes old runs from the ledger, with their chunks and events. Also removes chunk bounds, which contain SSNs, from runs that no longer
/// need them.
/// </summary>
[Cmdlet(VerbsCommon.Clear, "CmEtlHistory", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(HistoryCleared))]
public sealed class ClearCmEtlHistoryCommand : EngineCmdlet
{
    /// <summary>
    /// Deletes runs that ended at least this long ago: a number of days, or days.hh:mm:ss. The ten newest completed runs, runs that can be
    /// resumed, and the baseline run of the next delta run are kept.
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
