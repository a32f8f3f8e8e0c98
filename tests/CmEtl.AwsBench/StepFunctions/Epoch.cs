using System.Text.Json.Nodes;

namespace CmEtl.AwsBench.StepFunctions;

/// <summary>Times as AWS JSON writes them.</summary>
internal static class Epoch
{
    public static JsonNode? Seconds(DateTimeOffset? time) =>
        time is null ? null : JsonValue.Create(time.Value.ToUnixTimeMilliseconds() / 1000.0);
}
