using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;

namespace CmEtl.Tests;

/// <summary>The architecture rules of the repository.</summary>
public sealed partial class ArchitectureTests
{
    private const int MostLines = 400;

    [Theory]
    [InlineData("deps/CmEtl.Engine.dll", @"^(System\.Management\.Automation|AWSSDK|CmEtl\.)")]
    [InlineData("deps/CmEtl.Sandbox.dll", @"^(System\.Management\.Automation|AWSSDK|CmEtl\.(?!Engine$))")]
    [InlineData("deps/CmEtl.Aws.dll", @"^(System\.Management\.Automation|Npgsql|CmEtl\.(?!Engine$))")]
    [InlineData("deps/CmEtl.Report.dll", @"^(System\.Management\.Automation|Npgsql|AWSSDK|CmEtl\.(?!Engine$|Aws$))")]
    [InlineData("CmEtl.PowerShell.dll", "^(Npgsql|AWSSDK)")]
    public void An_assembly_references_only_lower_layers(string file, string forbidden)
    {
        var path = Path.Combine(Path.GetDirectoryName(Repository.Module)!, file);

        Assert.DoesNotContain(References(path), r => Regex.IsMatch(r, forbidden));
    }

    [Fact]
    public void Cmdlets_contain_no_sql()
    {
        Assert.All(Sources(), f => Assert.DoesNotMatch(SqlInLiteral(), File.ReadAllText(f)));
    }

    [Fact]
    public void A_cmdlet_has_a_file_of_its_name()
    {
        using var shell = new Shell();
        var names = shell.RunClean("Get-Command -Module CmEtl | ForEach-Object Name").Select(n => ((string)n.BaseObject).Replace("-", "", StringComparison.Ordinal));

        var files = Directory.GetFiles(Path.Combine(Repository.CmdletSources, "Cmdlets"), "*.cs").Select(Path.GetFileNameWithoutExtension);

        Assert.Equal(names.Order(), files.Order());
    }

    [Fact]
    public void Files_are_short()
    {
        Assert.All(Sources(), f => Assert.InRange(File.ReadLines(f).Count(), 1, MostLines));
    }

    private static IEnumerable<string> Sources() =>
        Directory.EnumerateFiles(Repository.CmdletSources, "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal));

    private static List<string> References(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var metadata = file.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(h => metadata.GetString(metadata.GetAssemblyReference(h).Name))];
    }

    [GeneratedRegex("\"[^\"\\n]*\\b(SELECT|INSERT|UPDATE|DELETE)\\b[^\"\\n]*\"")]
    private static partial Regex SqlInLiteral();
}
