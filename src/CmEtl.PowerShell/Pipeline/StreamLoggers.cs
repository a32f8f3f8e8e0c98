using Microsoft.Extensions.Logging;

namespace CmEtl.PowerShell;

/// <summary>Gives the engine loggers that write to the streams of a cmdlet or a job.</summary>
/// <param name="write">Called from any thread. Debug goes to the verbose stream, Information to its own, other levels are warnings.</param>
internal sealed class StreamLoggers(Action<LogLevel, string> write) : ILoggerFactory
{
    /// <summary>Tag of what the module writes to the information stream.</summary>
    public const string Tag = "CmEtl";

    private readonly StreamLogger _logger = new(write);

    public ILogger CreateLogger(string categoryName) => _logger;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose()
    {
    }
}
