using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.StepFunctions.Model;
using CmEtl.Aws.Definitions;

namespace CmEtl.Aws.Deployment;

/// <summary>A state machine as indented JSON, for a comparison of the current and the intended state line by line.</summary>
internal static class MachineText
{
    private static readonly JsonSerializerOptions Indented =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = DefinitionValidator.MaxDepth };

    /// <summary>The lines that a deployment would remove and add.</summary>
    /// <param name="spec">The intended state machine.</param>
    /// <param name="current">The existing state machine, or null.</param>
    /// <param name="tags">Tags of the existing state machine.</param>
    public static string Diff(StateMachineSpec spec, DescribeStateMachineResponse? current, IReadOnlyList<Tag> tags)
    {
        var wanted = Wanted(spec);
        return TextDiff.Unified(current is null ? "" : Text(InOrderOf(wanted, Existing(spec, current, tags))!), Text(wanted));
    }

    private static JsonObject Wanted(StateMachineSpec spec)
    {
        var machine = new JsonObject();
        Set(machine, "RoleArn", spec.RoleArn);
        Set(machine, "Logging", spec.Logging is null ? null : Logging(spec.Logging));
        Set(machine, "Tracing", spec.Tracing);
        Set(machine, "Tags", spec.Tags is null ? null : new JsonObject(spec.Tags.Select(t => KeyValuePair.Create(t.Key, (JsonNode?)t.Value))));
        machine["Definition"] = JsonNode.Parse(spec.Definition);
        return machine;
    }

    // Settings that the specification does not name are not changed, so they are not shown.
    private static JsonObject Existing(StateMachineSpec spec, DescribeStateMachineResponse current, IReadOnlyList<Tag> tags)
    {
        var machine = new JsonObject();
        Set(machine, "RoleArn", spec.RoleArn is null ? null : current.RoleArn);
        Set(machine, "Logging", spec.Logging is null || current.LoggingConfiguration is null ? null : Logging(current.LoggingConfiguration));
        Set(machine, "Tracing", spec.Tracing is null ? null : current.TracingConfiguration?.Enabled ?? false);
        Set(machine, "Tags", spec.Tags is null ? null : new JsonObject(tags.Select(t => KeyValuePair.Create(t.Key!, (JsonNode?)t.Value))));
        machine["Definition"] = JsonNode.Parse(current.Definition);
        return machine;
    }

    private static JsonObject Logging(LoggingConfiguration logging) => new()
    {
        ["Level"] = logging.Level?.Value,
        ["IncludeExecutionData"] = logging.IncludeExecutionData,
        ["Destinations"] = new JsonArray([.. (logging.Destinations ?? []).Select(d => JsonValue.Create(d.CloudWatchLogsLogGroup?.LogGroupArn))]),
    };

    // The order of names has no meaning in JSON, but would be shown as a change.
    private static JsonNode? InOrderOf(JsonNode? model, JsonNode? node) => (model, node) switch
    {
        (JsonObject a, JsonObject b) => new JsonObject(
            a.Where(m => b.ContainsKey(m.Key)).Concat(b.Where(m => !a.ContainsKey(m.Key))).Select(m =>
                KeyValuePair.Create(m.Key, InOrderOf(a[m.Key], b[m.Key])))),
        (JsonArray a, JsonArray b) => new JsonArray([.. b.Select((item, i) => InOrderOf(i < a.Count ? a[i] : null, item))]),
        _ => node?.DeepClone(),
    };

    private static void Set(JsonObject machine, string name, JsonNode? value)
    {
        if (value is not null)
        {
            machine[name] = value;
        }
    }

    private static string Text(JsonNode node) => node.ToJsonString(Indented);
}
