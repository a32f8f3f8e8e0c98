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
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Fields that hold numbers, of our function the last one: https://docs.aws.amazon.com/step-functions/latest/dg/statemachine-structure.html and its state pages.</summary>
    private static readonly HashSet<string> Numbers =
    [
        "TimeoutSeconds", "HeartbeatSeconds", "MaxConcurrency", "MaxItemsPerBatch", "MaxInputBytesPerBatch", "MaxItems", "ToleratedFailurePercentage",
        "ToleratedFailureCount", "IntervalSeconds", "MaxAttempts", "MaxDelaySeconds", "BackoffRate", "Seconds", "target_chunk_size",
    ];

    private readonly JsonNode _root;

    private DefinitionTemplate(string name, JsonNode root)
    {
        Name = name;
        _root = root;
    }

    /// <summary>Where it came from, for messages.</summary>
    public string Name { get; }

    /// <summary>The template as JSON text.</summary>
    public string Text => _root.ToJsonString(Indented);

    /// <summary>A copy of the template as JSON.</summary>
    public JsonObject ToJson() => (JsonObject)_root.DeepClone();

    /// <summary>The placeholders it has, in alphabetical order.</summary>
    public IReadOnlyList<string> Placeholders =>
        [.. Placeholder().Matches(_root.ToJsonString()).Select(m => m.Groups[1].Value).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Reads a template file.</summary>
    /// <exception cref="DefinitionException">It is not there or no JSON object.</exception>
    public static DefinitionTemplate Load(string path)
    {
        try
        {
            return Parse(Path.GetFileName(path), Encoding.UTF8.GetString(SmallFile.Read(path, DefinitionValidator.MaxBytes)).TrimStart('\ufeff'));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new DefinitionException($"{PlainText.Printable(path)} cannot be read: {error.Message}");
        }
    }

    /// <summary>One of the templates this assembly carries: <c>etl_pipeline.json</c>, <c>policies/deployer.json</c>.</summary>
    public static DefinitionTemplate BuiltIn(string name)
    {
        using var stream = typeof(DefinitionTemplate).Assembly.GetManifestResourceStream(name)
            ?? throw new DefinitionException($"There is no built-in definition {name}.");
        using var reader = new StreamReader(stream);
        return Parse(name, reader.ReadToEnd());
    }

    /// <summary>Reads a template.</summary>
    public static DefinitionTemplate Parse(string name, string text)
    {
        try
        {
            var root = JsonNode.Parse(text) as JsonObject ?? throw new DefinitionException($"{name} is not a JSON object.");
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
    /// <exception cref="DefinitionException">A placeholder has no value, a value no placeholder, or a number field got no number.</exception>
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
            : Substitute(_root, null, values)!.ToJsonString(Indented) + "\n";
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
        Placeholder().Replace(text, m => values[m.Groups[1].Value]);

    // None within another: looking for the end of each of very many beginnings would take for ever.
    [GeneratedRegex(@"\$\{([^}""$]*)\}")]
    private static partial Regex Placeholder();
}
