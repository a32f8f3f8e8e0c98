using System.Management.Automation;
using CmEtl.Engine;
using CmEtl.Report;

namespace CmEtl.PowerShell;

/// <summary>
/// Writes all there is to know of a run as one HTML page that needs no network: what became of it, how it went, what to do next.
/// </summary>
[Cmdlet(VerbsData.Export, "CmEtlReport", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportCmEtlReportCommand : EngineCmdlet
{
    private readonly HashSet<string> _written = [];

    /// <summary>The file; one that is there is replaced. Of several runs each needs its own: <c>-Path { "$($_.RunId).html" }</c>.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Id of the run; the newest by default.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    public string? RunId { get; set; }

    /// <summary>
    /// Also compare the before-snapshot with the table and show what the run has changed, as Compare-CmEtlRun does. It reads both tables.
    /// </summary>
    [Parameter]
    public SwitchParameter Changes { get; set; }

    /// <summary>Do not replace a file that is there.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Replace a file that is read-only, too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Return the file.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void Process()
    {
        var path = FullPath(Path);
        ReportFile.Check(path, overwrite: !NoClobber, Force);
        if (_written.Contains(path))
        {
            throw new CmEtlException(
                ErrorKind.Configuration, ErrorIds.FileWrittenTwice, $"{path} has the report of another run already, and keeps it.",
                "Give each run its own file: -Path { \"$($_.RunId).html\" }.") { Subject = path };
        }

        var report = Run(Changes ? "Comparing the snapshot with the table" : "Reading the run", cancel => Engine.GetReportAsync(RunId, Changes, cancel));
        if (ShouldProcess(path, $"Export report of run {report.Status.RunId}"))
        {
            ReportFile.Write(path, ReportPage.Render(report), overwrite: !NoClobber);
            _written.Add(path);
            if (PassThru)
            {
                WriteObject(new FileInfo(path));
            }
        }
    }
}
