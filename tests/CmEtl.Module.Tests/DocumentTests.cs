using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using System.Text.RegularExpressions;

namespace CmEtl.Tests;

/// <summary>
/// Everything that the pages refer to exists: links, pictures, files, cmdlets, parameters, settings, tests. The commands of the pages are
/// run by tests/pester/Docs.Tests.ps1 and by <see cref="PageTests"/>.
/// </summary>
public sealed partial class DocumentTests
{
    public static TheoryData<string> Pages =>
        [.. new[] { "README.md", "CHANGELOG.md", "sql/README.md", "step_functions/README.md" }
            .Concat(Directory.EnumerateFiles(InRoot("docs"), "*.md").Order().Select(f => Path.GetRelativePath(Repository.Root, f)))];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_link_and_picture_of_a_page_is_there(string page)
    {
        var folder = Path.GetDirectoryName(InRoot(page))!;
        var dead = Link().Matches(Prose(page)).Select(m => m.Groups[1].Value)
            .Where(l => !l.StartsWith("https://", StringComparison.Ordinal) && !Leads(l, folder, page));

        Assert.Empty(dead);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_file_cmdlet_parameter_and_name_of_a_page_is_there(string page)
    {
        var names = Code().Matches(Prose(page)).Select(m => m.Groups[1].Value).Distinct().ToList();
        var text = File.ReadAllText(InRoot(page));

        string[] missing =
        [
            .. names.Where(n => RepositoryPath().IsMatch(n) && !PathExists(n)),
            .. names.Where(n => ParameterName().IsMatch(n) && !s_parameters.Value.Contains(n[1..])),
            .. names.Where(n => SnakeName().IsMatch(n) && !Regex.IsMatch(s_source.Value, $@"\b{n}\b") && !s_variables.Value.Contains(n)),
            .. CmdletName().Matches(text).Select(m => m.Value).Where(n => !s_cmdlets.Value.ContainsKey(n)),
            .. TestName().Matches(text).Where(m => !IsTest(m.Groups[1].Value, m.Groups[2].Value)).Select(m => m.Value),
        ];

        Assert.Empty(missing);
    }

    [Fact]
    public void The_readme_names_every_cmdlet()
    {
        var readme = File.ReadAllText(InRoot("README.md"));

        Assert.All(s_cmdlets.Value.Keys, name => Assert.Contains($"`{name}`", readme, StringComparison.Ordinal));
    }

    [Fact]
    public void The_readme_is_short()
    {
        Assert.InRange(new FileInfo(InRoot("README.md")).Length, 1, 5_000);
    }

    [Fact]
    public void The_symptoms_of_troubleshooting_are_texts_of_the_product()
    {
        var page = Prose("docs/troubleshooting.md");
        var symptoms = SymptomCell().Matches(page[..page.IndexOf("\n## ", StringComparison.Ordinal)])
            .SelectMany(cell => Code().Matches(cell.Groups[1].Value)).Select(m => m.Groups[1].Value).Except(s_symptomsOfAws).ToList();

        Assert.NotEmpty(symptoms);
        Assert.All(symptoms,
            s => Assert.True(Inserted().Split(s).All(part => s_source.Value.Contains(part.Trim(), StringComparison.Ordinal)), s));
    }

    [Fact]
    public void The_page_of_settings_is_the_table_of_settings()
    {
        var page = File.ReadAllText(InRoot("docs/settings.md"));
        var rows = SettingRow().Matches(page)
            .ToDictionary(m => m.Groups[1].Value, m => (Default: m.Groups[2].Value.Trim(), Allowed: m.Groups[3].Value.Trim()));
        var defaults = Activator.CreateInstance(s_engine.Value.GetType("CmEtl.Engine.EtlSettings", throwOnError: true)!)!;

        var names = new List<string>();
        foreach (var setting in s_settings.Value)
        {
            var name = Text(setting, "Name");
            names.Add(name);
            Assert.Contains(name, rows.Keys);
            Assert.Equal(Words(Text(setting, "Allowed")), rows[name].Allowed);
            if (Default(defaults, name) is { Length: > 0 } value)
            {
                Assert.Equal((name, value), (name, rows[name].Default));
            }

            var variable = Text(setting, "Variable");
            Assert.True(variable == $"CMETL_{name.ToUpperInvariant()}" || page.Contains($"`{variable}`", StringComparison.Ordinal), $"{variable} is not told.");
        }

        Assert.Equal(names.Order(), rows.Keys.Order());
    }

    private static readonly Lazy<Dictionary<string, string[]>> s_cmdlets = new(() =>
    {
        using var shell = new Shell();
        return shell.RunClean("Get-Command -Module CmEtl").ToDictionary(
            c => (string)c.Properties["Name"].Value, c => ((IDictionary)c.Properties["Parameters"].Value).Keys.Cast<string>().ToArray());
    });

    private static readonly Lazy<Assembly> s_engine = new(() =>
    {
        using var shell = new Shell();
        shell.Run("Get-CmEtlStatus -Database none -Port 0");  // loads the engine
        return AssemblyLoadContext.All.Single(c => c.Name == "CmEtl").LoadFromAssemblyName(new AssemblyName("CmEtl.Engine"));
    });

    private static readonly Lazy<List<object>> s_settings = new(() =>
        [.. ((IEnumerable)s_engine.Value.GetType("CmEtl.Engine.SettingTable", throwOnError: true)!.GetField("All")!.GetValue(null)!).Cast<object>()]);

    // The source has the name of a setting, from which its variable is computed.
    private static readonly Lazy<HashSet<string>> s_variables = new(() => [.. s_settings.Value.Select(s => Text(s, "Variable"))]);

    // Parameters of build.ps1, and those of PowerShell's own cmdlets that pages mention.
    private static readonly Lazy<HashSet<string>> s_parameters = new(() => [.. s_cmdlets.Value.Values.SelectMany(p => p), "Task", "Filter"]);

    private static readonly Lazy<string> s_source = new(() => string.Join('\n', new[] { "src", "sql", "step_functions" }
        .SelectMany(f => Directory.EnumerateFiles(InRoot(f), "*", SearchOption.AllDirectories))
        .Where(f => Path.GetExtension(f) is ".cs" or ".sql" or ".json" or ".psql" or ".csv" && !f.Contains("/obj/", StringComparison.Ordinal))
        .Select(File.ReadAllText)));

    private static readonly Lazy<Dictionary<string, string>> s_tests = new(() => Directory
        .EnumerateFiles(InRoot("tests"), "*Tests.cs", SearchOption.AllDirectories)
        .GroupBy(f => Path.GetFileNameWithoutExtension(f)).ToDictionary(g => g.Key, g => string.Join('\n', g.Select(File.ReadAllText))));

    private static readonly string[] s_symptomsOfAws = ["payload size exceeded"];

    private static string InRoot(string path) => Path.Combine(Repository.Root, path);

    /// <summary>The page without its blocks of commands and output.</summary>
    private static string Prose(string page) => Block().Replace(File.ReadAllText(InRoot(page)), "");

    private static bool Leads(string link, string folder, string page)
    {
        var (file, anchor) = link.Split('#') is [var f, var a] ? (f, a) : (link, "");
        var path = file.Length == 0 ? InRoot(page) : Path.GetFullPath(Path.Combine(folder, file));
        return (File.Exists(path) || Directory.Exists(path))
            && (anchor.Length == 0 || Heading().Matches(File.ReadAllText(path)).Any(h => Anchor(h.Groups[1].Value) == anchor));
    }

    private static string Anchor(string heading) => Regex.Replace(heading.Trim().ToLowerInvariant(), @"[^\w\- ]", "").Replace(' ', '-');

    private static bool PathExists(string path)
    {
        var full = InRoot(path.TrimEnd('/'));
        return full.Contains('*', StringComparison.Ordinal)
            ? Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(full)!, Path.GetFileName(full)).Any()
            : File.Exists(full) || Directory.Exists(full);
    }

    private static bool IsTest(string type, string method) =>
        s_tests.Value.TryGetValue(type, out var source) && (method.Length == 0 || Regex.IsMatch(source, $@"\b{method}\("));

    private static string Text(object value, string property) =>
        Convert.ToString(value.GetType().GetProperty(property)!.GetValue(value), CultureInfo.InvariantCulture) ?? "";

    private static string Default(object settings, string name)
    {
        var property = string.Concat(name.Split('_').Select(w => char.ToUpperInvariant(w[0]) + w[1..]));
        var value = Text(settings, property);
        return value is "True" or "False" ? value == "True" ? "on" : "off" : value;
    }

    /// <summary>The allowed values in the form of the page, without what follows from the type.</summary>
    private static string Words(string allowed) => allowed.Split(':')[0]
        .Replace("a whole number ", "", StringComparison.Ordinal).Replace("a number ", "", StringComparison.Ordinal);

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"^(docs|module|sql|src|step_functions|tests)(/[\w.*-]+)*/?$")]
    private static partial Regex RepositoryPath();

    [GeneratedRegex(@"\b[A-Z][a-z]+-Cm[A-Za-z0-9]+")]
    private static partial Regex CmdletName();

    [GeneratedRegex("^-[A-Z][A-Za-z]+$")]
    private static partial Regex ParameterName();

    [GeneratedRegex("^[a-z][a-z0-9]*(_[a-z0-9]+)+$|^(CMETL|POSTGRES)_[A-Z_]+$")]
    private static partial Regex SnakeName();

    [GeneratedRegex(@"\b(\w+Tests)(?:\.(\w+))?\b(?!/|\.csproj|\.ps1)")]
    private static partial Regex TestName();

    [GeneratedRegex(@"^\| (.*?) \| ", RegexOptions.Multiline)]
    private static partial Regex SymptomCell();

    /// <summary>What a message inserts: names, which a page writes as dots, and numbers.</summary>
    [GeneratedRegex(@"\.\.\.|\b\d+\b")]
    private static partial Regex Inserted();

    [GeneratedRegex(@"^\| `(\w+)` \|([^|]*)\|([^|]*)\|", RegexOptions.Multiline)]
    private static partial Regex SettingRow();
}
