using System.Text.Json.Serialization;

namespace CmEtl.Lambda;

/// <summary>Serialization of replies without reflection, in the documented spelling.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BeginReply))]
[JsonSerializable(typeof(NightReply))]
[JsonSerializable(typeof(ServerReply))]
[JsonSerializable(typeof(Task01Reply))]
[JsonSerializable(typeof(ChunkListReply))]
[JsonSerializable(typeof(RunReply))]
internal sealed partial class ReplyJson : JsonSerializerContext;
