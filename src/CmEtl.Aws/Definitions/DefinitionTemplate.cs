using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CmEtl.Engine;

namespace CmEtl.Aws.Definitions;

/// <summary>
/// A state machine definition or a policy with placeholders such as <c>${LambdaFunctionArn}</c>. A template is valid JSON before and after
/// rendering: a placeholder is a string or part of one, and becomes a number if the Amazon States Language requires one.
/// </summary>
public sealed partial class DefinitionTemplate
{
    private static readonly JsonSerializerOptions Indented =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = DefinitionValidator.MaxDepth };

    private static readonly JsonSerializerOptions Compact = new(Indented) { WriteIndented = false };

    /// <summary>
    /// Fields with numbers. The last one belongs to our function:
    /// https://docs.aws.amazon.com/step-functions/latest/dg/statemachine-structure.html and its state pages.
    /// </summary>
    private static readonly HashSet<string> Numbers =
    [
        "TimeoutSeconds", "HeartbeatSeconds", "MaxConcurrency", "MaxItemsPerBatch", "MaxInputBytesPerBatch", "MaxItems", "ToleratedFailurePercentage",
        "ToleratedFailureCount", "IntervalSeconds", "MaxAttempts", "MaxDelaySeconds", "BackoffRate", "Seconds", "target_chunk_size",
    ];

    /// <summary>Maximum size of a file. The service ignores white space, so a file can be larger than a definition.</summary>
    internal const int MaxFileBytes = 8 * DefinitionValidator.MaxBytes;

    private readonly JsonNode _root;

    private DefinitionTemplate(string name, JsonNode root)
    {
        Name = name;
        _root = root;
    }

    /// <summary>Source of the template, for messages.</summary>
    public string Name { get; }

    /// <summary>Returns the template with one text replaced by another.</summary>
    public DefinitionTemplate Replace(string text, string other) =>
        Parse(Name, _root.ToJsonString(Indented).Replace(text, other, StringComparison.Ordinal));

    /// <summary>A copy of the template as JSON.</summary>
    public JsonObject ToJson() => (JsonObject)_root.DeepClone();

    /// <summary>The placeholders of the template, in alphabetical order.</summary>
    public IReadOnlyList<string> Placeholders =>
        PlaceholdersOf(_root.ToJsonString(Indented));

    /// <summary>The placeholders of a text, in alphabetical order.</summary>
    internal static IReadOnlyList<string> PlaceholdersOf(string text) =>
        [.. Placeholder().Matches(text).Select(m => m.Groups[2].Value).Where(n => n.Length > 0).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Whether a text contains a placeholder.</summary>
    internal static bool HasPlaceholder(string text) => PlaceholdersOf(text).Count > 0;

    /// <summary>Reads a template file.</summary>
    /// <exception cref="DefinitionException">The file does not exist or is not a JSON object.</exception>
    public static DefinitionTemplate Load(string path) => Parse(Path.GetFileName(path), ReadText(path));

    /// <summary>The text of a definition file.</summary>
    /// <exception cref="DefinitionException">The file cannot be read, or is far larger than the limit of a definition.</exception>
    internal static string ReadText(string path)
    {
        try
        {
            return Encoding.UTF8.GetString(SmallFile.Read(path, MaxFileBytes)).TrimStart('\ufeff');
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new DefinitionException($"{PlainText.Printable(path)} cannot be read: {error.Message}");
        }
    }

    /// <summary>Reads a template that is embedded in this assembly: <c>etl_pipeline.json</c>, <c>policies/deployer.json</c>.</summary>
    public static DefinitionTemplate BuiltIn(string name) => Parse(name, BuiltInText(name));

    internal static string BuiltInText(string name)
    {
        using var stream = typeof(DefinitionTemplate).Assembly.GetManifestResourceStream(name)
            ?? throw new DefinitionException($"The built-in definition {name} does not exist.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>Reads a template.</summary>
    public static DefinitionTemplate Parse(string name, string text)
    {
        try
        {
            var root = JsonNode.Parse(text, null,
                new JsonDocumentOptions { MaxDepth = DefinitionValidator.MaxDepth, AllowDuplicateProperties = false }) as JsonObject ?? throw new DefinitionException($"{name} is not a JSON object.");
            // Read the whole text now, to find an incomplete surrogate pair here and not later.
            _ = root.ToJsonString();
            return new DefinitionTemplate(name, root);
        }
        catch (Exception error) when (error is JsonException or ArgumentException or InvalidOperationException)
        {
            throw new DefinitionException($"{name} is not JSON: {error.Message}");
        }
    }

    /// <summary>Returns the JSON text with every placeholder replaced.</summary>
    /// <exception cref="DefinitionException">A placeholder has no value, a value has no placeholder, or the value of a number field is not
    /// a number.</exception>
    public string Render(IReadOnlyDictionary<string, string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var used = Placeholders;
        var missing = used.Where(p => !values.ContainsKey(p)).ToList();
        if (missing.Count > 0)
        {
            throw new DefinitionException($"{Name}: no value for {string.Join(", ", missing.Select(m => $"${{{m}}}"))}.");
        }

        var unknown = values.Keys.Except(used).ToList();
        return unknown.Count > 0
            ? throw new DefinitionException($"{Name} has no placeholder {PlainText.Printable(string.Join(", ", unknown))}; it has {string.Join(", ", used)}.")
            : Text(Substitute(_root, null, values)!);

        // Indented, so that it is readable in the AWS console, unless it would exceed the limit because of the white space.
        static string Text(JsonNode node) =>
            node.ToJsonString(Indented) + "\n" is var text && Encoding.UTF8.GetByteCount(text) <= DefinitionValidator.MaxBytes
            ? text : node.ToJsonString(Compact);
    }

    private JsonNode? Substitute(JsonNode? node, string? field, IReadOnlyDictionary<string, string> values)
    {
        switch (node)
        {
            case JsonObject source:
                return new JsonObject(source.Select(p => KeyValuePair.Create(Replace(p.Key, values), Substitute(p.Value, p.Key, values))));
            case JsonArray source:
                return new JsonArray([.. source.Select(item => Substitute(item, field, values))]);
            case JsonValue value when value.GetValueKind() == JsonValueKind.String && Placeholder().IsMatch((string)value!):
                var text = Replace((string)value!, values);
                return field is null || !Numbers.Contains(field) ? JsonValue.Create(text)
                    : decimal.TryParse(text, out var number) ? JsonValue.Create(number)
                    : throw new DefinitionException($"{Name}: {field} needs a number, not {PlainText.Printable(text)}.");
            default:
                return node?.DeepClone();
        }
    }

    private static string Replace(string text, IReadOnlyDictionary<string, string> values) =>
        Placeholder().Replace(text, m => m.Groups[1].Success ? $"${{{m.Groups[1].Value}}}" : values[m.Groups[2].Value]);

    // ${!anything} is an escape, ${Name} and ${AWS::Region} are placeholders.
    [GeneratedRegex(@"\$\{(?:!([^}""$]*)|([A-Za-z_][\w.-]*(?:::\w+)*))\}")]
    private static partial Regex Placeholder();
}
