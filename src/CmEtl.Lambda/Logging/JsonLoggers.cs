using Microsoft.Extensions.Logging;

namespace CmEtl.Lambda;

/// <summary>
/// Loggers that write one JSON object per line to standard output, in the names that Lambda's JSON log format knows
/// (https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html).
/// </summary>
internal sealed class JsonLoggers(Stream output, LogLevel least, Redactor redactor) : ILoggerFactory
{
    /// <summary>Of the invocation under way; a sandbox has one at a time.</summary>
    public LogContext Context { get; set; } = new(null, null, null);

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new JsonLogger(this, output, least, redactor);

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    /// <inheritdoc/>
    public void Dispose() => output.Dispose();
}
