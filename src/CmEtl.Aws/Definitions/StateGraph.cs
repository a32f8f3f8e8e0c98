using System.Text.Json.Nodes;

namespace CmEtl.Aws.Definitions;

/// <summary>Where a state leads, and the machines inside it.</summary>
internal static class StateGraph
{
    public static IEnumerable<(string Field, string Target)> Targets(JsonObject state) =>
        [
            .. One(state, "Next"), .. One(state, "Default"),
            .. Items(state, "Choices").SelectMany(c => One(c, "Next")), .. Items(state, "Catch").SelectMany(c => One(c, "Next")),
        ];

    public static IEnumerable<JsonObject> Machines(JsonObject state) =>
        new[] { state["ItemProcessor"], state["Iterator"] }.OfType<JsonObject>().Concat(Items(state, "Branches"));

    public static IEnumerable<JsonObject> Items(JsonObject state, string field) => (state[field] as JsonArray)?.OfType<JsonObject>() ?? [];

    private static IEnumerable<(string Field, string Target)> One(JsonObject from, string field) =>
        from[field] is { } target ? [(field, (string)target!)] : [];
}
