using Microsoft.Extensions.Logging;

namespace CmEtl.PowerShell;

/// <summary>
/// Gives log lines to whoever writes them to streams. The verbose stream has every line, the information stream the milestones of a run:
/// what a single chunk does would drown them. Errors arrive as exceptions and as such are no log lines.
/// </summary>
internal sealed class StreamLogger(Action<LogLevel, string> write) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel is not (LogLevel.Trace or LogLevel.None);

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        var line = formatter(state, exception);
        if (logLevel <= LogLevel.Information)
        {
            write(LogLevel.Debug, line);
        }

        if (logLevel > LogLevel.Information || (logLevel == LogLevel.Information && !OfChunk(state)))
        {
            write(logLevel, line);
        }
    }

    private static bool OfChunk<TState>(TState state) =>
        state is IReadOnlyList<KeyValuePair<string, object?>> values && values.Any(v => v.Key == "Chunk");
}
