using System.Management.Automation;
using System.Text.RegularExpressions;

namespace CmEtl.Tests;

/// <summary>Every cmdlet has complete help, and the help refers to nothing that does not exist.</summary>
public sealed partial class PageTests(HelpShell shell) : IClassFixture<HelpShell>
{
    private const int Columns = 100;

    public static TheoryData<string> Cmdlets
    {
        get
        {
            using var one = new HelpShell();
            return [.. one.Cmdlets.Select(c => c.Name)];
        }
    }

    public static TheoryData<string> Texts =>
    [
        .. HelpPages.Names.Select(n => Path.Combine(HelpPages.Folder, n + ".md")).Concat(HelpPages.Topics)
            .Select(f => Path.GetRelativePath(Repository.Root, f)),
    ];

    [Fact]
    public void There_is_a_page_for_each_cmdlet_and_no_other()
    {
        Assert.Equal(shell.Cmdlets.Select(c => c.Name).Order(StringComparer.Ordinal), HelpPages.Names.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Its_help_has_a_description(string name)
    {
        dynamic help = Assert.Single(shell.Run($"Get-Help {name} -Full"));
        var text = shell.Text($"Get-Help {name} -Full");

        Assert.EndsWith(".", ((string)help.Synopsis).Trim(), StringComparison.Ordinal);
        Assert.Contains("\nDESCRIPTION\n    ", text.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.DoesNotMatch(Placeholder(), text);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Its_help_describes_every_parameter(string name)
    {
        var command = shell.Cmdlets.Single(c => c.Name == name);
        // For a cmdlet without parameters, -Parameter * is an error.
        var parameters = shell.Run(
                $"(Get-Help {name} -Full).parameters.parameter | Select-Object Name, @{{ n = 'Text'; e = {{ $_.Description.Text -join ' ' }} }}")
            .ToDictionary(p => p.Properties["Name"].Value.ToString()!, p => p.Properties["Text"].Value.ToString()!);

        Assert.Equal(command.Parameters.Keys.Except(Cmdlet.CommonParameters).Order(), parameters.Keys.Order());
        Assert.All(parameters, p => Assert.True(p.Value.Length > 10 && p.Value.EndsWith('.'), $"-{p.Key}: '{p.Value}'"));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Its_page_has_two_examples_and_one_of_them_is_a_pipeline(string name)
    {
        var examples = HelpPages.Examples(name);

        Assert.InRange(examples.Count, 2, 10);
        Assert.Contains(examples, e => e.Code.Contains(" | ", StringComparison.Ordinal) || e.Code.Contains(" |\n", StringComparison.Ordinal));
        Assert.Equal(Headings(HelpPages.Read(name)), examples.Count);
        Assert.Equal(examples.Count, Headings(shell.Text($"Get-Help {name} -Examples"), "---- Example "));
        Assert.All(examples.SelectMany(e => e.Code.Split('\n')), l => Assert.InRange(l.Length, 0, Columns));
        Assert.True(examples.Count(e => e.Why.Length == 0) >= 2, "Two have to be run.");
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Its_page_names_outputs_and_related_pages(string name)
    {
        var page = HelpPages.Read(name);

        Assert.All(shell.Cmdlets.Single(c => c.Name == name).OutputType, t => Assert.Contains($"- `{t.Name}`: ", page, StringComparison.Ordinal));
        Assert.Matches(SeeAlso(), page);
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_text_refers_only_to_existing_names(string file)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, file));
        var cmdlets = shell.Cmdlets.ToDictionary(c => c.Name);

        foreach (Match use in Use().Matches(text))
        {
            Assert.True(cmdlets.TryGetValue(use.Groups["name"].Value, out var cmdlet), $"There is no {use.Groups["name"].Value}.");
            Assert.All(
                Parameter().Matches(use.Groups["rest"].Value).Select(p => p.Groups[1].Value),
                p => Assert.Contains(p, cmdlet!.Parameters.Keys));
        }

        Assert.All(Topic().Matches(text).Select(t => t.Value), t => Assert.Contains(HelpPages.Topics, f => Path.GetFileName(f) == t + ".help.txt"));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Its_page_names_only_errors_that_exist(string name)
    {
        var sources = string.Concat(
            Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        var errors = HelpPages.Read(name).Split("## Errors")[1].Split("## See also")[0];

        Assert.All(
            ErrorId().Matches(errors).Select(m => m.Groups[1].Value)
                .Where(id => !id.StartsWith("Postgres", StringComparison.Ordinal) && id != "ParameterArgumentValidationError"),
            id => Assert.Matches($@"\b{id}\b", sources));
    }

    [Theory]
    [InlineData("MaxConcurrency")]
    [InlineData("TargetChunkSize")]
    [InlineData("MaxChunkSize")]
    [InlineData("MaxKeysPerChunk")]
    [InlineData("LookbackYears")]
    [InlineData("LookaheadDays")]
    [InlineData("Port")]
    public void The_range_of_a_setting_is_that_of_the_engine(string parameter)
    {
        var refusal = shell.Run($"try {{ Start-CmEtl -{parameter} -1 -Database none -WhatIf }} catch {{ \"$_\" }}")[^1].ToString();
        var range = Range().Match(refusal);

        Assert.True(range.Success, refusal);
        Assert.Contains(range.Groups[1].Value, shell.Text($"Get-Help Start-CmEtl -Parameter {parameter}"), StringComparison.Ordinal);
    }

    private static int Headings(string text, string heading = "\n### ") => text.Split(heading).Length - 1;

    [GeneratedRegex(@"\{\{|\}\}|TODO|TBD|FIXME|Fill in|lorem", RegexOptions.IgnoreCase)]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"## See also\n\n(- [\w-]+\n)+$")]
    private static partial Regex SeeAlso();

    [GeneratedRegex(@"\b(?<name>[A-Z][a-z]+-Cm[A-Za-z]+)(?<rest>[^\n|;,.`'()]*)")]
    private static partial Regex Use();

    [GeneratedRegex(@" -([A-Z][A-Za-z]+)")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\babout_CmEtl\w*")]
    private static partial Regex Topic();

    [GeneratedRegex("`([A-Z]\\w+)`")]
    private static partial Regex ErrorId();

    [GeneratedRegex("must be a whole number from ([0-9]+ to [0-9]+)")]
    private static partial Regex Range();
}
