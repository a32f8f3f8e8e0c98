using System.Text.Json.Serialization;

namespace CmEtl.Lambda;

/// <summary>Serialization of errors without reflection, in the runtime API's spelling.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(FunctionError))]
internal sealed partial class ErrorJson : JsonSerializerContext;
