using System.Globalization;
using System.Text.Json;

namespace CmEtl.Aws.Executions;

/// <summary>A line of the function's log.</summary>
/// <param name="At">Time of the line.</param>
/// <param name="Level">INFO, WARN, ERROR and so on.</param>
/// <param name="ChunkId">Number of the chunk, or null.</param>
/// <param name="RequestId">Lambda's request id of the invocation, or empty.</param>
/// <param name="Message">Text of the message.</param>
public sealed record LogLine(DateTimeOffset At, string Level, int? ChunkId, string RequestId, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{At.UtcDateTime:HH:mm:ss.fff}Z {Level}{(ChunkId is null ? "" : $" chunk {ChunkId}")}: {Message}");

    /// <summary>Reads a line. Null for metrics and for lines of Lambda itself.</summary>
    public static LogLine? Read(long at, string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object && Text(root, "message") is { } message
                ? new(DateTimeOffset.FromUnixTimeMilliseconds(at), Text(root, "level") ?? "",
                    root.TryGetProperty("chunk_id", out var chunk) && chunk.ValueKind == JsonValueKind.Number
                        && chunk.TryGetInt32(out var id) ? id : null,
                    Text(root, "requestId") ?? "", message)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
