using System.Text.Json.Nodes;

namespace CmEtl.AwsBench.StepFunctions;

/// <summary>Times in the format of AWS JSON.</summary>
internal static class Epoch
{
    public static JsonNode? Seconds(DateTimeOffset? time) =>
        time is null ? null : JsonValue.Create(time.Value.ToUnixTimeMilliseconds() / 1000.0);
}
