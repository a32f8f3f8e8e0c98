using System.Text.Json.Serialization;

namespace CmEtl.Lambda;

/// <summary>Serialization of a manifest without reflection: <c>[{"chunk_id":0}, ...]</c>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(IEnumerable<ManifestItem>))]
internal sealed partial class ManifestJson : JsonSerializerContext;
