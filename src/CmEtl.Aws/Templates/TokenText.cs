using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CmEtl.Aws.Templates;

/// <summary>Replaces the tokens of a model with the expressions of a template language.</summary>
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

    /// <summary>Whether a text contains a token.</summary>
    public static bool Has(string text) => Token().IsMatch(text);

    /// <summary>The name of the token if the text is exactly one token, or null.</summary>
    public static string? Single(string text) =>
        Token().Match(text) is { Success: true } match && match.Length == text.Length ? match.Groups[1].Value : null;

    /// <summary>The text with tokens replaced and other texts that look like expressions escaped.</summary>
    public static string Replace(string text, string escape, Func<string, string> expression) =>
        Token().Replace(text.Replace("${", escape, StringComparison.Ordinal), m => $"${{{expression(m.Groups[1].Value)}}}");

    [GeneratedRegex(@"\{\{([A-Za-z]+)\}\}")]
    private static partial Regex Token();
}
