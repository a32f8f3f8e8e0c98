using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace CmEtl.Engine.Tests.Engine;

/// <summary>Keeps every logged line, including exceptions.</summary>
public sealed class CapturedLog : ILoggerFactory, ILogger
{
    private readonly ConcurrentQueue<string> lines = new();

    public IReadOnlyList<string> Lines => [.. lines];

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?,
        string> formatter) =>
        lines.Enqueue($"{formatter(state, exception)} {exception}".TrimEnd());

    public void Dispose()
    {
    }
}
