using System.Text.Json.Nodes;

namespace CmEtl.Aws.Definitions;

/// <summary>Compares the meaning of two JSON documents. Ignores the order of keys, white space, and the difference of 2 and 2.0.</summary>
public static class JsonDiff
{
    /// <summary>Returns the differences from the outside in, each at the deepest path that contains it.</summary>
    /// <param name="path">Prefix of every path.</param>
    /// <param name="old">A JSON text, or null.</param>
    /// <param name="new">A JSON text, or null.</param>
    public static IReadOnlyList<JsonChange> Compare(string path, string? old, string? @new) =>
        [.. Walk(path, old is null ? null : JsonNode.Parse(old), @new is null ? null : JsonNode.Parse(@new))];

    private static IEnumerable<JsonChange> Walk(string path, JsonNode? old, JsonNode? @new)
    {
        if (JsonNode.DeepEquals(old, @new))
        {
            return [];
        }

        return (old, @new) switch
        {
            (JsonObject a, JsonObject b) => a.Select(p => p.Key).Union(b.Select(p => p.Key)).SelectMany(key => Member(path, a, b, key)),
            (JsonArray a, JsonArray b) when a.Count == b.Count => a.SelectMany((item, i) => Walk($"{path}[{i}]", item, b[i])),
            _ => [new(path, Text(old), Text(@new))],
        };
    }

    private static IEnumerable<JsonChange> Member(string path, JsonObject old, JsonObject @new, string key)
    {
        var inner = path.Length == 0 ? key : $"{path}.{key}";
        return (old.TryGetPropertyValue(key, out var a), @new.TryGetPropertyValue(key, out var b)) switch
        {
            (true, true) => Walk(inner, a, b),
            // A null member exists: "ResultPath": null has a different meaning than no ResultPath.
            (true, false) => [new(inner, Text(a), null)],
            _ => [new(inner, null, Text(b))],
        };
    }

    private static string Text(JsonNode? node) => node?.ToJsonString() ?? "null";
}
