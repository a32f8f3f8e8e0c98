using Microsoft.Extensions.Logging;

namespace CmEtl.Lambda;

/// <summary>Writes lines; run and chunk are the message's own {Run} and {Chunk} where it has them, else those of the event.</summary>
internal sealed class JsonLogger(JsonLoggers owner, LogLevel least, Redactor redactor) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None && logLevel >= least;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            // An exception's own text may quote values and is never written.
            owner.Write(
                json => json.WriteString("message", redactor.Clean(formatter(state, null))), Name(logLevel), Value(state, "Run") as string,
                Value(state, "Chunk") as int?);
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
