using System.Management.Automation;
using Microsoft.Extensions.Logging;

namespace CmEtl.PowerShell;

/// <summary>Writes log lines to the information, verbose and warning streams. Errors arrive as exceptions and as such are no log lines.</summary>
internal sealed class StreamLogger(Pump pump, Cmdlet cmdlet) : ILogger
{
    private static readonly string[] Tags = ["CmEtl"];

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
        pump.Post(logLevel switch
        {
            LogLevel.Debug => () => cmdlet.WriteVerbose(line),
            LogLevel.Information => () => cmdlet.WriteInformation(line, Tags),
            _ => () => cmdlet.WriteWarning(line),
        });
    }
}
