using System.Text.Json;
using System.Text.Json.Nodes;
using CmEtl.Aws.Definitions;

namespace CmEtl.Aws.Policies;

/// <summary>
/// One policy file of <c>step_functions/policies</c>. A statement with a placeholder that has no value is left out, and so is a statement
/// of a feature that is not used: an unused right is never granted.
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
    /// <param name="values">Values by placeholder. They are inserted as they are: <see cref="PolicySet"/> checks what users give.</param>
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

    // A pattern next to an ARN can have the same value as the ARN.
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
