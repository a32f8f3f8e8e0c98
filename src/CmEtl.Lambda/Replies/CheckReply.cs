using System.Text.Json;
using System.Text.Json.Serialization;
using CmEtl.Engine;

namespace CmEtl.Lambda;

/// <summary>
/// The reply to <c>check_config</c>: the findings of the function, in the order of what was checked. CmEtl.Aws compiles this file too and
/// reads the reply with it.
/// </summary>
internal sealed record CheckReply(IReadOnlyList<Finding> Findings, string Status = CheckReply.Success)
{
    private const string Success = "success";

    /// <summary>The reply of a function, or null when the bytes are not one.</summary>
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

/// <summary>Serialization without reflection. What the reply always has is required when it is read.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true, RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(CheckReply))]
internal sealed partial class CheckReplyJson : JsonSerializerContext;
