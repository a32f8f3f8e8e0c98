using System.Text.Json;
using System.Text.Json.Nodes;
using CmEtl.Aws.Definitions;

namespace CmEtl.Aws.Policies;

/// <summary>
/// A policy file of <c>step_functions/policies</c>. Statements with a placeholder without a value and statements of an unused feature are
/// omitted, so that no unused permission is granted.
/// </summary>
public static class PolicyTemplate
{
    /// <summary>All policy files, permissions before trust.</summary>
    public static readonly IReadOnlyList<string> Files =
    [
        "execution_role.json", "execution_role_distributed.json", "execution_role_trust.json", "function_role.json", "function_role_trust.json",
        "scheduler_role.json", "scheduler_role_trust.json", "deployer.json", "operator_read_only.json",
    ];

    private static readonly Dictionary<string, PolicyFeatures> FeatureOf = new()
    {
        ["Trace"] = PolicyFeatures.Tracing, ["TraceTheFunction"] = PolicyFeatures.Tracing,
        ["JoinTheVpc"] = PolicyFeatures.Vpc, ["NoNetworkForTheCode"] = PolicyFeatures.Vpc, ["FindTheNetwork"] = PolicyFeatures.Vpc,
    };

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The policy as indented JSON.</summary>
    /// <param name="file">One of <see cref="Files"/>.</param>
    /// <param name="values">Values by placeholder. They are inserted unchanged. <see cref="PolicySet"/> validates user input.</param>
    /// <param name="features">The optional parts in use.</param>
    public static string Render(string file, IReadOnlyDictionary<string, string> values, PolicyFeatures features)
    {
        ArgumentNullException.ThrowIfNull(values);
        var policy = DefinitionTemplate.BuiltIn($"policies/{file}").ToJson();
        var kept = policy["Statement"]!.AsArray()
            .Where(s => !FeatureOf.TryGetValue((string)s!["Sid"]!, out var feature) || features.HasFlag(feature))
            .Select(s => DefinitionTemplate.Parse(file, s!.ToJsonString()))
            .Where(s => s.Placeholders.All(values.ContainsKey))
            .Select(s => WithoutRepeats(JsonNode.Parse(s.Render(values.Where(v => s.Placeholders.Contains(v.Key)).ToDictionary()))!));
        policy["Statement"] = new JsonArray([.. kept]);
        return policy.ToJsonString(Indented) + "\n";
    }

    // An ARN and the pattern for it can have the same value.
    private static JsonNode WithoutRepeats(JsonNode node)
    {
        foreach (var (key, value) in node is JsonObject members ? members.ToList() : [])
        {
            if (value is JsonObject)
            {
                WithoutRepeats(value);
            }
            else if (value is JsonArray list)
            {
                var texts = list.Select(t => (string)t!).Distinct().ToList();
                node[key] = texts.Count == 1 ? JsonValue.Create(texts[0]) : new JsonArray([.. texts.Select(t => JsonValue.Create(t))]);
            }
        }

        return node;
    }
}
