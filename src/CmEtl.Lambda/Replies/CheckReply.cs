using System.Text.Json;
using System.Text.Json.Serialization;
using CmEtl.Engine;

namespace CmEtl.Lambda;

/// <summary>
/// The reply to <c>check_config</c>: the findings of the function in the order of the checks. CmEtl.Aws also compiles this file, to read
/// the reply.
/// </summary>
internal sealed record CheckReply(IReadOnlyList<Finding> Findings, string Status = CheckReply.Success)
{
    private const string Success = "success";

    /// <summary>Reads the reply of a function. Null if the bytes are not such a reply.</summary>
    public static CheckReply? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, CheckReplyJson.Default.CheckReply) is { Status: Success } reply ? reply : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>Serialization without reflection. Members that every reply has are required.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true, RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(CheckReply))]
internal sealed partial class CheckReplyJson : JsonSerializerContext;
