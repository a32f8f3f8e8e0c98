using System.Text.Json.Serialization;

namespace CmEtl.Lambda;

/// <summary>Serialization for Secrets Manager without reflection.</summary>
[JsonSerializable(typeof(SecretRequest))]
[JsonSerializable(typeof(SecretReply))]
internal sealed partial class SecretJson : JsonSerializerContext;
