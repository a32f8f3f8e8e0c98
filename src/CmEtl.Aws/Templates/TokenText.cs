using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CmEtl.Aws.Templates;

/// <summary>Replaces the tokens of a model by the expressions of a language.</summary>
internal static partial class TokenText
{
    /// <summary>The tree with every text rendered.</summary>
    public static JsonNode? Render(JsonNode? node, Func<string, JsonNode> text) => node switch
    {
        JsonObject o => new JsonObject(o.Select(p => KeyValuePair.Create(p.Key, Render(p.Value, text)))),
        JsonArray a => new JsonArray([.. a.Select(item => Render(item, text))]),
        JsonValue v when v.TryGetValue<string>(out var s) => text(s),
        _ => node?.DeepClone(),
    };

    /// <summary>Whether there is a token in a text.</summary>
    public static bool Has(string text) => Token().IsMatch(text);

    /// <summary>The name of the token that a text consists of; null when it is more, or less.</summary>
    public static string? Single(string text) =>
        Token().Match(text) is { Success: true } match && match.Length == text.Length ? match.Groups[1].Value : null;

    /// <summary>The text with its tokens replaced, and what else looks like an expression escaped.</summary>
    public static string Replace(string text, string escape, Func<string, string> expression) =>
        Token().Replace(text.Replace("${", escape, StringComparison.Ordinal), m => $"${{{expression(m.Groups[1].Value)}}}");

    [GeneratedRegex(@"\{\{([A-Za-z]+)\}\}")]
    private static partial Regex Token();
}
