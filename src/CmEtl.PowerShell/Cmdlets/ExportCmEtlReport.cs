using System.Management.Automation;
using CmEtl.Engine;
using CmEtl.Report;

namespace CmEtl.PowerShell;

/// <summary>
/// Writes a report of a run as one HTML page that needs no network: its result, its progress over time, and what to do next.
/// </summary>
[Cmdlet(VerbsData.Export, "CmEtlReport", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportCmEtlReportCommand : EngineCmdlet
{
    private readonly HashSet<string> _written = [];

    /// <summary>The file. An existing file is replaced. Several runs need one file each: <c>-Path { "$($_.RunId).html" }</c>.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Id of the run. The default is the newest run.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RunIdCompleter))]
    public string? RunId { get; set; }

    /// <summary>
    /// Also compares the before-snapshot with the table and shows what the run changed, as Compare-CmEtlRun does. Reads both tables.
    /// </summary>
    [Parameter]
    public SwitchParameter Changes { get; set; }

    /// <summary>Does not replace an existing file.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Also replaces a read-only file.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Returns the file.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void Process()
    {
        var path = FullPath(Path);
        ReportFile.Check(path, overwrite: !NoClobber, Force);
        if (_written.Contains(path))
        {
            throw new CmEtlException(
                ErrorKind.Configuration, ErrorIds.FileWrittenTwice, $"{path} already contains the report of another run. It was not replaced.",
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
