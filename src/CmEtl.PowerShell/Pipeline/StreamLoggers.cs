using System.Management.Automation;
using Microsoft.Extensions.Logging;

namespace CmEtl.PowerShell;

/// <summary>Gives the engine loggers that end in the cmdlet's streams.</summary>
internal sealed class StreamLoggers(Pump pump, Cmdlet cmdlet) : ILoggerFactory
{
    private readonly StreamLogger _logger = new(pump, cmdlet);

    public ILogger CreateLogger(string categoryName) => _logger;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose()
    {
    }
}
