using System.Text;
using System.Text.Json;

namespace CmEtl.AwsBench;

/// <summary>The result of an invocation.</summary>
/// <param name="Payload">The reply, or the error's JSON.</param>
/// <param name="FunctionError">Null, or <c>Unhandled</c> as in the X-Amz-Function-Error header.</param>
/// <param name="StatusCode">200 even for an error of the function; 429 when throttled.</param>
public sealed record InvokeResult(byte[] Payload, string? FunctionError = null, int StatusCode = 200)
{
    /// <summary>The version that ran.</summary>
    public string Version { get; init; } = "$LATEST";

    /// <summary>The payload as text.</summary>
    public string Text => Encoding.UTF8.GetString(Payload);

    /// <summary>The payload as JSON.</summary>
    public JsonElement Json => JsonDocument.Parse(Payload).RootElement;

    /// <summary>There were too many concurrent invocations.</summary>
    public static InvokeResult Throttled => new(
        JsonSerializer.SerializeToUtf8Bytes(new { Reason = "ConcurrentInvocationLimitExceeded", Type = "User", message = "Rate Exceeded." }), null, 429);

    /// <summary>An error that the host itself reports.</summary>
    public static InvokeResult Error(string type, string message) =>
        new(JsonSerializer.SerializeToUtf8Bytes(new { errorType = type, errorMessage = message }), "Unhandled");
}
