using System.Globalization;
using System.Text.Json.Nodes;

namespace CmEtl.AwsBench.StepFunctions;

/// <summary>Divides a response into pages. A token is the start of the next page.</summary>
internal static class Page
{
    public static JsonObject Of(BenchOptions options, JsonObject request, string field, IEnumerable<JsonObject> all)
    {
        var size = (int?)request["maxResults"] ?? options.PageSize;
        var start = (string?)request["nextToken"] is { } token ? int.Parse(token, CultureInfo.InvariantCulture) : 0;
        var items = all.Skip(start).Take(size + 1).ToList();
        return new()
        {
            [field] = new JsonArray([.. items.Take(size).Select(i => i.DeepClone())]),
            ["nextToken"] = items.Count > size ? $"{start + size}" : null,
        };
    }
}
