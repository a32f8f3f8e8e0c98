using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CmEtl.Aws.Tests;

/// <summary>
/// A policy as IAM evaluates it without conditions:
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html.
/// </summary>
internal sealed class IamPolicy(string text)
{
    public IReadOnlyList<JsonObject> Statements { get; } = [.. JsonNode.Parse(text)!["Statement"]!.AsArray().Select(s => s!.AsObject())];

    public JsonObject? this[string sid] => Statements.FirstOrDefault(s => (string?)s["Sid"] == sid);

    /// <summary>Whether a statement allows the action on the resource.</summary>
    public bool Allows(string action, string resource) =>
        Statements.Any(s => (string?)s["Effect"] == "Allow" && Strings(s["Action"]).Contains(action) && Strings(s["Resource"]).Any(r => Matches(r, resource)));

    public static List<string> Strings(JsonNode? node) => node switch
    {
        null => [],
        JsonArray many => [.. many.Select(n => (string)n!)],
        _ => [(string)node!],
    };

    private static bool Matches(string pattern, string resource) =>
        Regex.IsMatch(resource, $"^{Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal)}$");
}
