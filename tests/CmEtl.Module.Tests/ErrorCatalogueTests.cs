using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;
using System.Text.RegularExpressions;

namespace CmEtl.Tests;

/// <summary>docs/errors.md and the code contain the same errors, and every error has all that an operator needs.</summary>
public sealed partial class ErrorCatalogueTests
{
    private static readonly string Source = Path.Combine(Repository.Root, "src");

    private static readonly string[] Page = [.. File.ReadLines(ErrorPage.File)];

    private static readonly string[] Listed = [.. Page.Where(l => Row().IsMatch(l))
        .SelectMany(l => Code().Matches(l.Split('|')[1]).Select(m => m.Groups[1].Value))];

    private static readonly string[] Own = Find("CmEtl.Engine/Errors/ErrorIds.cs", @"const string (\w+) = nameof\(\1\)");

    private static readonly string[] Amazon = Find("CmEtl.Aws/AwsErrors.cs", @"\[""(\w+)""\] = \(ErrorKind");

    // Code and text of every SQLSTATE. A code without its own text has the text of its class.
    private static readonly (string Code, bool Own)[] States =
        [.. File.ReadLines(Path.Combine(Source, "CmEtl.Engine", "Errors", "SqlStates.csv"))
            .Where(l => !l.StartsWith('#')).Select(l => l.Split('|')).Where(f => f[0].Length == 5).Select(f => ($"Postgres{f[0]}", f[3].Length > 0))];

    [Fact]
    public void The_page_lists_every_existing_error_once()
    {
        var known = Own.Where(id => id != "Postgres").Union(Amazon).Concat(States.Where(s => s.Own || Listed.Contains(s.Code)).Select(s => s.Code));

        Assert.Equal(known.Order(StringComparer.Ordinal), Listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_page_is_made_of_the_catalogs()
    {
        var page = File.ReadAllText(ErrorPage.File);
        var now = ErrorPage.Render(page);
        if (Environment.GetEnvironmentVariable("APPROVE_ERRORS") is { Length: > 0 })
        {
            File.WriteAllText(ErrorPage.File, now);
        }

        // Change Errors.csv or Commands.csv, then run this test with APPROVE_ERRORS=1.
        Assert.Equal(now, page);
    }

    [Fact]
    public void Every_error_is_in_one_catalog_with_a_meaning_and_a_remedy()
    {
        Assert.Equal(
            Own.Except(["Postgres", "Unexpected"]).Union(Amazon).Order(StringComparer.Ordinal),
            ErrorPage.Errors.SelectMany(e => e.Ids).Order(StringComparer.Ordinal));
        Assert.All(ErrorPage.Errors, e => Assert.True(e.Meaning.Length > 0 && e.Remedy.Length > 0, e.Ids[0]));
    }

    [Fact]
    public void The_engine_names_no_cmdlet_and_no_parameter_of_one()
    {
        var engine = Path.Combine(Source, "CmEtl.Engine");
        var files = Directory.EnumerateFiles(engine, "*.cs", SearchOption.AllDirectories).Where(f => !f.Contains("/obj/", StringComparison.Ordinal))
            .Concat(Directory.EnumerateFiles(engine, "*.csv", SearchOption.AllDirectories))
            .Append(Path.Combine(Repository.Root, "sql", "ledger", "views.sql"));

        Assert.All(files.SelectMany(File.ReadLines).Where(l => !Comment().IsMatch(l)), l => Assert.DoesNotMatch(@"\w-Cm[A-Z]|""[^""]*(?<=[ ""`'(])-[A-Z][a-z]\w+", l));
    }

    [Theory]
    [InlineData("CmEtl.PowerShell")]
    [InlineData("CmEtl.Lambda")]
    public void Commands_of_a_host_are_for_what_there_is(string host)
    {
        var checks = string.Concat(Directory.EnumerateFiles(Path.Combine(Source, "CmEtl.Engine", "Checks"), "*.cs").Select(File.ReadAllText));
        using var shell = new Shell();
        var cmdlets = shell.RunClean("(Get-Command -Module CmEtl).Name").Select(n => n.ToString()).ToList();

        Assert.All(ErrorPage.CommandsOf(host), command =>
        {
            Assert.True(Listed.Contains(command.Key) || checks.Contains($"\"{command.Key}\"", StringComparison.Ordinal), command.Key);
            Assert.All(Regex.Matches(command.Value, @"\w+-Cm\w+"), m => Assert.Contains(m.Value, cmdlets));
        });
    }

    [Fact]
    public void No_error_is_named_by_a_literal()
    {
        var sources = Directory.EnumerateFiles(Source, "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal));

        Assert.All(sources, f => Assert.DoesNotMatch(@"(ErrorKind\.\w+|\bkind),\s*""[A-Z]\w+""|ErrorId (==|is) """, File.ReadAllText(f)));
    }

    [Fact]
    public void Every_own_name_is_used()
    {
        var text = string.Concat(Directory.EnumerateFiles(Source, "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));

        Assert.All(Own, id => Assert.Contains($"ErrorIds.{id}", text, StringComparison.Ordinal));
    }

    [Fact]
    public void Whatever_the_engine_throws_becomes_a_record_with_category_target_and_action()
    {
        using var shell = new Shell();
        shell.Run("Get-CmEtlStatus");
        var engine = AssemblyLoadContext.All.Single(c => c.Name == "CmEtl").Assemblies.Single(a => a.GetName().Name == "CmEtl.Engine");
        var module = AssemblyLoadContext.Default.Assemblies.Single(a => a.GetName().Name == "CmEtl.PowerShell");
        var (exception, kinds) = (engine.GetType("CmEtl.Engine.CmEtlException")!, engine.GetType("CmEtl.Engine.ErrorKind")!);
        var convert = module.GetType("CmEtl.PowerShell.ErrorRecords")!.GetMethod("ToErrorRecord", BindingFlags.Static | BindingFlags.Public)!;

        var commands = ErrorPage.CommandsOf("CmEtl.PowerShell");
        foreach (var id in Listed)
        {
            foreach (var kind in Enum.GetValues(kinds))
            {
                var state = id.StartsWith("Postgres", StringComparison.Ordinal) && id.Length == 13 ? id[8..] : null;
                var record = (ErrorRecord)convert.Invoke(null, [Activator.CreateInstance(exception, kind, id, "What.", "Do it.", state), "where"])!;

                var remedy = commands.TryGetValue(id, out var command) ? $"Do it. {command.Replace("{subject}", "...", StringComparison.Ordinal)}" : "Do it.";
                Assert.Equal((id, "where", remedy, $"What. {remedy}"),
                    (record.FullyQualifiedErrorId, record.TargetObject, record.ErrorDetails.RecommendedAction, record.ErrorDetails.Message));
                Assert.NotEqual(ErrorCategory.NotSpecified, record.CategoryInfo.Category);
            }
        }
    }

    [Fact]
    public void No_error_comes_without_a_remedy()
    {
        var sources = Directory.EnumerateFiles(Source, "*.cs", SearchOption.AllDirectories).Where(f => !f.Contains("/obj/", StringComparison.Ordinal));

        Assert.All(sources, f => Assert.DoesNotMatch(@"ErrorIds\.\w+,[^;]*?,\s*""\s*""", File.ReadAllText(f)));
    }

    private static string[] Find(string file, string pattern) =>
        [.. Regex.Matches(File.ReadAllText(Path.Combine(Source, file)), pattern).Select(m => m.Groups[1].Value).Distinct()];

    [GeneratedRegex(@"^\| `\w+`.*\|.*\|.*\|$")]
    private static partial Regex Row();

    [GeneratedRegex(@"^\s*(//|--|#)")]
    private static partial Regex Comment();

    [GeneratedRegex(@"`(\w+)`")]
    private static partial Regex Code();
}
