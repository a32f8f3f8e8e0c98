using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CmEtl.Tests;

/// <summary>The records that cmdlets return are documented, frozen, have views, and consist of plain values.</summary>
public sealed class RecordTests : IDisposable
{
    private static readonly Type[] Plain =
        [typeof(string), typeof(bool), typeof(int), typeof(long), typeof(double), typeof(decimal), typeof(DateOnly), typeof(DateTimeOffset),
            typeof(TimeSpan)];

    private static readonly string Page = Path.Combine(Repository.Root, "docs", "records.md");

    private readonly Shell _shell = new();
    private readonly RecordCatalog _catalog;

    public RecordTests()
    {
        _catalog = new RecordCatalog(_shell);
    }

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void Records_are_as_their_page_says()
    {
        var page = File.ReadAllText(Page);
        var written = page[..page.IndexOf(RecordCatalog.Heading, StringComparison.Ordinal)];
        var now = _catalog.ToMarkdown();
        if (Environment.GetEnvironmentVariable("APPROVE_RECORDS") is { Length: > 0 })
        {
            File.WriteAllText(Page, written + now);
        }

        var lines = page[written.Length..].Split('\n');

        // Scripts depend on properties, so a change must be intended. Run this test with APPROVE_RECORDS=1 and check the diff.
        Assert.Equal(now.Split('\n').Except(lines), lines.Except(now.Split('\n')));
        Assert.Equal(now, page[written.Length..]);
    }

    [Fact]
    public void Every_record_has_a_table_and_a_list()
    {
        Assert.NotEmpty(_catalog.Records);
        Assert.All(_catalog.Records, record =>
        {
            Assert.Contains(Views(record), v => v.Element("TableControl") is not null);
            Assert.Contains(Views(record), v => v.Element("ListControl") is not null);
        });
    }

    [Fact]
    public void A_view_shows_only_existing_properties()
    {
        Assert.All(_catalog.Records, record =>
        {
            var known = record.GetProperties().Select(p => p.Name).ToHashSet();
            var shown = Views(record).Descendants("PropertyName").Select(p => p.Value);
            var computed = Views(record).Descendants("ScriptBlock")
                .SelectMany(s => Regex.Matches(s.Value, @"\$_\.(\w+)").Select(m => m.Groups[1].Value));

            Assert.All(shown.Concat(computed), name => Assert.Contains(name, known));
        });
    }

    [Fact]
    public void A_list_shows_every_property()
    {
        Assert.All(_catalog.Records, record =>
        {
            var list = Views(record).Single(v => v.Element("ListControl") is not null);
            var shown = list.Descendants("ListItem").Select(i => i.Element("Label")?.Value ?? i.Element("PropertyName")!.Value);

            Assert.Equal(RecordCatalog.Properties(record).Select(p => p.Name).Order(), shown.Order());
        });
    }

    [Fact]
    public void Every_property_is_plain_or_reads_as_text()
    {
        Assert.All(_catalog.Records.SelectMany(RecordCatalog.Properties), property =>
        {
            var type = RecordCatalog.Bare(property.PropertyType);
            Assert.True(Plain.Contains(type) || type.IsEnum || SaysItself(type), $"{property.DeclaringType!.Name}.{property.Name} is a {type.Name}.");
        });
    }

    [Fact]
    public void A_duration_has_its_seconds_beside_it_and_is_hidden_from_files()
    {
        var types = XDocument.Load(Path.Combine(Path.GetDirectoryName(Repository.Module)!, "CmEtl.Types.ps1xml"));
        var hidden = types.Descendants("ScriptProperty").Where(p => p.Attribute("IsHidden")?.Value == "true")
            .Select(p => $"{p.Parent!.Parent!.Element("Name")!.Value}.{p.Element("Name")!.Value}");
        var durations = _catalog.Records.SelectMany(RecordCatalog.Properties)
            .Where(p => RecordCatalog.Bare(p.PropertyType) == typeof(TimeSpan)).ToList();

        Assert.Equal(durations.Select(p => $"{p.DeclaringType!.FullName}.{p.Name}").Order(), hidden.Order());
        Assert.All(durations, p =>
            Assert.Equal(typeof(double), RecordCatalog.Bare(p.DeclaringType!.GetProperty($"{p.Name}Seconds")!.PropertyType)));
    }

    [Fact]
    public void No_property_is_a_secret()
    {
        Assert.All(_catalog.Records.SelectMany(RecordCatalog.Properties), property =>
            Assert.DoesNotMatch("(?i)password|secret|token|^ssn$", property.Name));
    }

    private static bool SaysItself(Type type) =>
        type.GetMethod(nameof(ToString), Type.EmptyTypes) is { } method && method.DeclaringType == type
        && method.GetCustomAttribute<CompilerGeneratedAttribute>(inherit: false) is null;

    private static List<XElement> Views(Type record) =>
        [.. Directory.GetFiles(Path.GetDirectoryName(Repository.Module)!, "*.Format.ps1xml").SelectMany(f => XDocument.Load(f).Descendants("View"))
            .Where(v => v.Element("ViewSelectedBy")!.Elements("TypeName").Any(t => t.Value == record.FullName))];
}
