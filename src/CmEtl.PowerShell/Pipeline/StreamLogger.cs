using Microsoft.Extensions.Logging;

namespace CmEtl.PowerShell;

/// <summary>
/// Passes log lines on to PowerShell's streams. The verbose stream has every line. The information stream has the milestones of a run
/// without the lines of individual chunks, which are too many. Errors are exceptions, not log lines.
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
