using System.Xml.Linq;

namespace CmEtl.Tests;

public sealed class FormatTests
{
    private static readonly string Folder = Path.GetDirectoryName(Repository.Module)!;

    public static TheoryData<string> Types => new()
    {
        "CmEtl.Engine.EtlStatus",
        "CmEtl.Engine.ChunkInfo",
        "CmEtl.Engine.ChunkResult",
        "CmEtl.Engine.Finding",
        "CmEtl.Engine.ResetResult",
        "CmEtl.Engine.EtlEvent",
        "CmEtl.Engine.DryRunResult",
        "CmEtl.Engine.RunChange",
        "CmEtl.Engine.HistoryCleared",
        "CmEtl.PowerShell.CmDatabase",
        "CmEtl.PowerShell.CmSandbox",
        "CmEtl.Aws.Deployment.DeploymentResult",
        "CmEtl.Aws.Deployment.FunctionDeployment",
        "CmEtl.Aws.Executions.EtlExecution",
        "CmEtl.Aws.Cost.EtlCostEstimate",
        "CmEtl.Aws.Plans.PlanAdvice",
    };

    [Theory]
    [MemberData(nameof(Types))]
    public void A_type_has_a_table_and_a_list(string type)
    {
        using var shell = new Shell();
        var views = Views(type);

        Assert.Contains(views, v => v.Element("TableControl") is not null);
        Assert.Contains(views, v => v.Element("ListControl") is not null);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_view_shows_only_existing_properties(string type)
    {
        using var shell = new Shell();
        shell.Run("Test-CmEtlConfig -HostName 127.0.0.1 -Port 1 -Database none");
        shell.Run("Get-CmEtlCost 1");
        var known = AppDomain.CurrentDomain.GetAssemblies().Select(a => a.GetType(type)).First(t => t is not null)!
            .GetProperties().Select(p => p.Name).ToHashSet();
        var shown = Views(type).Descendants("PropertyName").Select(p => p.Value);
        var computed = Views(type).Descendants("ScriptBlock")
            .SelectMany(s => System.Text.RegularExpressions.Regex.Matches(s.Value, @"\$_\.(\w+)").Select(m => m.Groups[1].Value));

        Assert.All(shown.Concat(computed), name => Assert.Contains(name, known));
    }

    [Theory]
    [InlineData("table")]
    [InlineData("list")]
    public void A_status_is_readable(string view)
    {
        var text = CliProcess.Run("--output", view, "[CmEtl.PowerShell.CmSandbox]::new('/tmp/x', 2000, 1234567, [CmEtl.PowerShell.CmConnection]::new('localhost', 5432, 'homecare', 'etl'))");

        Assert.Equal(0, text.ExitCode);
        Assert.Contains(view == "table" ? "1,234,567" : "ConflictRows : 1234567", text.Output, StringComparison.Ordinal);
    }

    private static List<XElement> Views(string type) =>
        [.. Directory.GetFiles(Folder, "*.Format.ps1xml").SelectMany(f => XDocument.Load(f).Descendants("View"))
            .Where(v => v.Element("ViewSelectedBy")!.Elements("TypeName").Any(t => t.Value == type))];
}
