using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace CmEtl.Lambda;

/// <summary>
/// Loggers that write one JSON object per line to standard output, with the field names of Lambda's JSON log format
/// (https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html).
/// </summary>
internal sealed class JsonLoggers(Stream output, LogLevel least, Redactor redactor) : ILoggerFactory
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Lock _gate = new();

    /// <summary>Context of the current invocation. An execution environment has one at a time.</summary>
    public LogContext Context { get; set; } = new(null, null, null);

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new JsonLogger(this, least, redactor);

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    /// <inheritdoc/>
    public void Dispose() => output.Dispose();

    /// <summary>Writes a line with time, invocation, run and chunk.</summary>
    /// <param name="members">Writes the other members.</param>
    /// <param name="level">Log level.</param>
    /// <param name="run">Id of the run. Null uses that of the event.</param>
    /// <param name="chunk">Number of the chunk. Null uses that of the event.</param>
    public void Write(Action<Utf8JsonWriter> members, string level = "INFO", string? run = null, int? chunk = null)
    {
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line, Options))
        {
            json.WriteStartObject();
            json.WriteString("timestamp", DateTimeOffset.UtcNow.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", null));
            json.WriteString("level", level);
            Write(json, "requestId", Context.RequestId);
            Write(json, "run_id", run ?? Context.RunId);
            if ((chunk ?? Context.ChunkId) is { } number)
            {
                json.WriteNumber("chunk_id", number);
            }

            members(json);
            json.WriteEndObject();
        }

        line.WriteByte((byte)'\n');
        lock (_gate)
        {
            output.Write(line.GetBuffer(), 0, (int)line.Length);
            output.Flush();
        }
    }

    private static void Write(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
