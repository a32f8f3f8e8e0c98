using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CmEtl.Engine;

namespace CmEtl.Aws.Definitions;

/// <summary>
/// A state machine definition or a policy with placeholders like <c>${LambdaFunctionArn}</c>. A template is JSON before
/// and after: a placeholder is (part of) a string, and becomes a number where the Amazon States Language wants one.
/// </summary>
public sealed partial class DefinitionTemplate
{
    private static readonly JsonSerializerOptions Indented =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = DefinitionValidator.MaxDepth };

    private static readonly JsonSerializerOptions Compact = new(Indented) { WriteIndented = false };

    /// <summary>
    /// Fields that hold numbers, of our function the last one:
    /// https://docs.aws.amazon.com/step-functions/latest/dg/statemachine-structure.html and its state pages.
    /// </summary>
    private static readonly HashSet<string> Numbers =
    [
        "TimeoutSeconds", "HeartbeatSeconds", "MaxConcurrency", "MaxItemsPerBatch", "MaxInputBytesPerBatch", "MaxItems", "ToleratedFailurePercentage",
        "ToleratedFailureCount", "IntervalSeconds", "MaxAttempts", "MaxDelaySeconds", "BackoffRate", "Seconds", "target_chunk_size",
    ];

    /// <summary>White space in a file does not count for the service, so a file may be larger than a definition.</summary>
    internal const int MaxFileBytes = 8 * DefinitionValidator.MaxBytes;

    private readonly JsonNode _root;

    private DefinitionTemplate(string name, JsonNode root)
    {
        Name = name;
        _root = root;
    }

    /// <summary>Where it came from, for messages.</summary>
    public string Name { get; }

    /// <summary>The template with another text in the place of one.</summary>
    public DefinitionTemplate Replace(string text, string other) =>
        Parse(Name, _root.ToJsonString(Indented).Replace(text, other, StringComparison.Ordinal));

    /// <summary>A copy of the template as JSON.</summary>
    public JsonObject ToJson() => (JsonObject)_root.DeepClone();

    /// <summary>The placeholders it has, in alphabetical order.</summary>
    public IReadOnlyList<string> Placeholders =>
        PlaceholdersOf(_root.ToJsonString(Indented));

    /// <summary>The placeholders of a text, in alphabetical order.</summary>
    internal static IReadOnlyList<string> PlaceholdersOf(string text) =>
        [.. Placeholder().Matches(text).Select(m => m.Groups[2].Value).Where(n => n.Length > 0).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Whether a text has a placeholder.</summary>
    internal static bool HasPlaceholder(string text) => PlaceholdersOf(text).Count > 0;

    /// <summary>Reads a template file.</summary>
    /// <exception cref="DefinitionException">It is not there or no JSON object.</exception>
    public static DefinitionTemplate Load(string path) => Parse(Path.GetFileName(path), ReadText(path));

    /// <summary>The text of a definition file.</summary>
    /// <exception cref="DefinitionException">It cannot be read, or is far larger than a definition can be.</exception>
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

    /// <summary>One of the templates this assembly carries: <c>etl_pipeline.json</c>, <c>policies/deployer.json</c>.</summary>
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
            // All of it is read now: half a surrogate pair would otherwise only be found later.
            _ = root.ToJsonString();
            return new DefinitionTemplate(name, root);
        }
        catch (Exception error) when (error is JsonException or ArgumentException or InvalidOperationException)
        {
            throw new DefinitionException($"{name} is not JSON: {error.Message}");
        }
    }

    /// <summary>The JSON text with every placeholder replaced.</summary>
    /// <exception cref="DefinitionException">A placeholder has no value, a value no placeholder, or a number field got no
    /// number.</exception>
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

        // Readable in the console of the service; without white space where that alone would be too much.
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
