using System.Text.Json;

namespace CmEtl.Aws.Executions;

/// <summary>Reads the cause of a failure. Step Functions passes a function's error on as JSON, and truncates long ones.</summary>
internal static class Cause
{
    /// <summary>The function's message. Other texts are returned unchanged.</summary>
    public static string Message(string? cause)
    {
        try
        {
            using var document = JsonDocument.Parse(cause ?? "");
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("errorMessage", out var message)
                ? message.ToString()
                : cause!;
        }
        catch (JsonException)
        {
            return cause ?? "";
        }
    }
}
