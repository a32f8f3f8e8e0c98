using System.Globalization;
using CmEtl.Engine;
using Microsoft.Extensions.Logging;

namespace CmEtl.Lambda;

/// <summary>The settings of the engine and of the function, from environment variables.</summary>
/// <param name="Engine">Settings of the engine.</param>
/// <param name="DeadlineMargin">Time before the deadline at which work is stopped, so that it can be rolled back.</param>
/// <param name="LogLevel">Least severe level that is logged.</param>
/// <param name="UsesIam">Whether the password is a token of the function's role.</param>
/// <param name="MetricNamespace">Namespace of the metrics. If it is empty, no metrics are written.</param>
internal sealed record FunctionSettings(EtlSettings Engine, TimeSpan DeadlineMargin, LogLevel LogLevel, bool UsesIam,
    string MetricNamespace)
{
    /// <summary>The environment variable with the margin in seconds.</summary>
    public const string Margin = "CMETL_DEADLINE_MARGIN_SECONDS";
    private const string Level = "LOG_LEVEL";
    private static readonly string[] Own = [Margin, FunctionMetrics.Variable, .. PasswordSource.Variables, .. ManifestWriter.Variables];
    private const int LeastMargin = 2;
    private const int MostMargin = 300;

    /// <summary>
    /// Loads and validates the settings. Throws <see cref="CmEtlException"/> of kind Configuration that names an invalid one.
    /// </summary>
    public static FunctionSettings Load(IReadOnlyDictionary<string, string> environment) => new(
        LoadEngine(environment),
        ReadMargin(environment.GetValueOrDefault(Margin, "")), ReadLevel(environment.GetValueOrDefault(Level, "")),
        PasswordSource.UsesIam(environment),
        FunctionMetrics.ReadNamespace(environment.GetValueOrDefault(FunctionMetrics.Variable, "")));

    // The path of a certificate that was published with the function is relative to the package, which Lambda unpacks there.
    private static EtlSettings LoadEngine(IReadOnlyDictionary<string, string> environment)
    {
        var settings = SettingsLoader.Load(environment: environment.Where(v => !Own.Contains(v.Key)).ToDictionary());
        return settings.RootCertificate is { Length: > 0 } file && environment.GetValueOrDefault("LAMBDA_TASK_ROOT") is { } root
            ? settings with { RootCertificate = Path.Combine(root, file) }
            : settings;
    }

    private static TimeSpan ReadMargin(string text) => text switch
    {
        "" => TimeSpan.FromSeconds(10),
        _ when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds is >= LeastMargin and <= MostMargin =>
            TimeSpan.FromSeconds(seconds),
        _ => throw Invalid(Margin, $"an integer from {LeastMargin} to {MostMargin}"),
    };

    // The names of .NET's log levels and those of the former Python function.
    private static LogLevel ReadLevel(string text) => text.ToUpperInvariant() switch
    {
        "TRACE" => LogLevel.Trace,
        "DEBUG" => LogLevel.Debug,
        "" or "INFO" or "INFORMATION" => LogLevel.Information,
        "WARN" or "WARNING" => LogLevel.Warning,
        "ERROR" => LogLevel.Error,
        "CRITICAL" or "FATAL" => LogLevel.Critical,
        _ => throw Invalid(Level, "TRACE, DEBUG, INFO, WARNING, ERROR or CRITICAL"),
    };

    private static CmEtlException Invalid(string variable, string allowed) => new(
        ErrorKind.Configuration, ErrorIds.InvalidSettings, $"{variable} is not valid. Allowed: {allowed}.",
        "Correct the function's environment.") { Subject = variable };
}
