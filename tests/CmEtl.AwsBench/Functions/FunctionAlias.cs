using System.Text.Json.Nodes;

namespace CmEtl.AwsBench;

/// <summary>An alias: https://docs.aws.amazon.com/lambda/latest/api/API_AliasConfiguration.html.</summary>
internal sealed record FunctionAlias(string Arn, string Name, string Version, string Description, JsonObject? Weights = null)
{
    /// <summary>All versions that get a share of the calls.</summary>
    public IEnumerable<string> Versions => (Weights?.Select(w => w.Key) ?? []).Append(Version);

    public string RevisionId { get; } = Guid.NewGuid().ToString();

    public JsonObject Describe() => new()
    {
        ["AliasArn"] = Arn, [nameof(Name)] = Name, ["FunctionVersion"] = Version, [nameof(Description)] = Description, [nameof(RevisionId)] = RevisionId,
        ["RoutingConfig"] = Weights is { Count: > 0 } ? new JsonObject { ["AdditionalVersionWeights"] = Weights.DeepClone() } : null,
    };
}
