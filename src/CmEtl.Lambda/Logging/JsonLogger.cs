using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace CmEtl.Lambda;

/// <summary>Writes lines; run and chunk are the message's own {Run} and {Chunk} where it has them, else those of the event.</summary>
internal sealed class JsonLogger(JsonLoggers owner, Stream output, LogLevel least, Redactor redactor) : ILogger
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None && logLevel >= least;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        var context = owner.Context;
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line, Options))
        {
            json.WriteStartObject();
            json.WriteString("timestamp", DateTimeOffset.UtcNow.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", null));
            json.WriteString("level", Name(logLevel));
            Write(json, "requestId", context.RequestId);
            Write(json, "run_id", Value(state, "Run") as string ?? context.RunId);
            if ((Value(state, "Chunk") as int? ?? context.ChunkId) is { } chunk)
            {
                json.WriteNumber("chunk_id", chunk);
            }

            // An exception's own text may quote values and is never written.
            json.WriteString("message", redactor.Clean(formatter(state, null)));
            json.WriteEndObject();
        }

        line.WriteByte((byte)'\n');
        lock (output)
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

    private static object? Value<TState>(TState state, string name) =>
        state is IReadOnlyList<KeyValuePair<string, object?>> values ? values.FirstOrDefault(v => v.Key == name).Value : null;

    private static string Name(LogLevel level) => level switch
    {
        LogLevel.Trace => "TRACE",
        LogLevel.Debug => "DEBUG",
        LogLevel.Information => "INFO",
        LogLevel.Warning => "WARN",
        LogLevel.Error => "ERROR",
        _ => "FATAL",
    };
}
