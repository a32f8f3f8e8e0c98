using System.Management.Automation;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CmEtl.Tests;

/// <summary>Every record that cmdlets return, and the records in their properties, as found in the module.</summary>
internal sealed partial class RecordCatalog
{
    /// <summary>The heading after which docs/records.md is generated.</summary>
    public const string Heading = "## Records";

    private readonly SortedDictionary<string, Type> _records = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Type> _enums = new(StringComparer.Ordinal);
    private readonly Dictionary<Type, List<string>> _cmdlets = [];
    private readonly Dictionary<Assembly, XDocument> _documentation = [];

    public RecordCatalog(Shell shell)
    {
        foreach (var command in shell.RunClean("Get-Command -Module CmEtl").Select(c => (CommandInfo)c.BaseObject))
        {
            foreach (var type in command.OutputType.Select(o => o.Type).Distinct())
            {
                Add(type);
                if (IsOurs(type) && !Returned(type).Contains(command.Name))
                {
                    Returned(type).Add(command.Name);
                }
            }
        }
    }

    public IReadOnlyCollection<Type> Records => _records.Values;

    public static IEnumerable<PropertyInfo> Properties(Type record) =>
        record.GetProperties(BindingFlags.Instance | BindingFlags.Public).OrderBy(p => p.MetadataToken);

    /// <summary>The element type of a list or nullable, otherwise the type itself.</summary>
    public static Type Bare(Type type) => type.IsGenericType ? type.GetGenericArguments()[0] : type;

    /// <summary>The whole catalog as Markdown.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder(Heading).Append('\n');
        foreach (var record in _records.Values)
        {
            text.Append($"\n### {record.Name}\n\n{Summary(record)}\n");
            text.Append(Returned(record) is { Count: > 0 } names ? $"From {string.Join(", ", names.Order().Select(n => $"`{n}`"))}.\n" : "Part of another record.\n");
            text.Append("\n| property | type | meaning |\n| --- | --- | --- |\n");
            foreach (var property in Properties(record))
            {
                text.Append($"| `{property.Name}` | {Name(property)} | {Summary(property)} |\n");
            }
        }

        text.Append("\n## Values\n\n| type | values |\n| --- | --- |\n");
        foreach (var type in _enums.Values)
        {
            text.Append($"| {type.Name} | {string.Join(", ", Enum.GetNames(type))} |\n");
        }

        return text.ToString();
    }

    private static bool IsOurs(Type type) => type.FullName!.StartsWith("CmEtl.", StringComparison.Ordinal);

    private List<string> Returned(Type type) => _cmdlets.TryGetValue(type, out var names) ? names : _cmdlets[type] = [];

    private void Add(Type type)
    {
        if (!IsOurs(type) || !(type.IsEnum ? _enums : _records).TryAdd(type.Name, type) || type.IsEnum)
        {
            return;
        }

        foreach (var property in Properties(type))
        {
            Add(Bare(property.PropertyType));
        }
    }

    private static string Name(PropertyInfo property)
    {
        var type = property.PropertyType;
        var bare = Bare(type);
        var name = bare == typeof(string) ? "string" : bare == typeof(long) ? "long" : bare == typeof(int) ? "int" : bare == typeof(bool) ? "bool"
            : bare == typeof(double) ? "double" : bare == typeof(decimal) ? "decimal" : bare.Name;
        var mayBeNull = Nullable.GetUnderlyingType(type) is not null
            || new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable;
        return mayBeNull ? $"{name}?" : type == bare ? name : $"{name}[]";
    }

    private string Summary(Type type) => Clean(Member(type, $"T:{type.FullName}")?.Element("summary"));

    private string Summary(PropertyInfo property)
    {
        var type = property.DeclaringType!;
        // Positional parameters are documented on their record.
        var own = Member(type, $"P:{type.FullName}.{property.Name}")?.Element("summary");
        return Clean(own ?? Member(type, $"T:{type.FullName}")?.Elements("param").SingleOrDefault(p => p.Attribute("name")!.Value == property.Name));
    }

    private XElement? Member(Type type, string id)
    {
        if (!_documentation.TryGetValue(type.Assembly, out var document))
        {
            var project = type.Assembly.GetName().Name!;
            var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
            var file = Directory.GetFiles(Path.Combine(Repository.Root, "src", project, "bin", configuration), $"{project}.xml",
                SearchOption.AllDirectories)[0];
            _documentation[type.Assembly] = document = XDocument.Load(file);
        }

        return document.Descendants("member").SingleOrDefault(m => m.Attribute("name")!.Value == id);
    }

    private static string Clean(XElement? text)
    {
        if (text is null)
        {
            return "";
        }

        foreach (var reference in text.Descendants("see").ToList())
        {
            reference.ReplaceWith($"`{reference.Attribute("cref")!.Value.Split('.')[^1]}`");
        }

        foreach (var code in text.Descendants("c").ToList())
        {
            code.ReplaceWith($"`{code.Value}`");
        }

        return Spaces().Replace(text.Value, " ").Trim();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
