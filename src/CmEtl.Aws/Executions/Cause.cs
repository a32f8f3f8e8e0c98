using System.Text.Json;

namespace CmEtl.Aws.Executions;

/// <summary>Step Functions passes on what a function threw as JSON text, and cuts long ones.</summary>
internal static class Cause
{
    /// <summary>The function's message, or the text as it is when it is no function's.</summary>
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
