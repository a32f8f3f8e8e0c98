using System.Management.Automation;
using CmEtl.Engine;

namespace CmEtl.PowerShell;

/// <summary>
/// Compares the before-snapshot of a run with the current table: changed columns, newly set flags, new and vanished conflicts by day and
/// agency, and suspicious values.
/// </summary>
[Cmdlet(VerbsData.Compare, "CmEtlRun")]
[OutputType(typeof(RunChange))]
public sealed class CompareCmEtlRunCommand : EngineCmdlet
{
    /// <summary>Id of the run. The default is the newest run. Only the run that took the latest before-snapshot can be compared.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    public string? RunId { get; set; }

    private protected override void Process() =>
        WriteObject(Run("Comparing the snapshot with the table", cancel => Engine.CompareAsync(RunId, cancel)), enumerateCollection: true);
}
