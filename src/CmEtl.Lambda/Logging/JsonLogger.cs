using Microsoft.Extensions.Logging;

namespace CmEtl.Lambda;

/// <summary>Writes log lines. Run and chunk are the message's {Run} and {Chunk} if it has them, or else those of the event.</summary>
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
            // The text of an exception can quote values, so it is not written.
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
