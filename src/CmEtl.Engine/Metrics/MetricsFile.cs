using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace CmEtl.Engine;

/// <summary>
/// Writes the metrics of the newest run to a file for the textfile collector of Prometheus' node_exporter
/// (https://prometheus.io/docs/instrumenting/exposition_formats/). The file is replaced as a whole, so that no reader sees a partial file.
/// </summary>
internal sealed class MetricsFile(EtlSettings settings, ILogger log)
{
    private bool _warned;

    /// <summary>Whether a file is configured.</summary>
    public bool IsOn => settings.MetricsPath.Length > 0;

    /// <summary>Throws when the file's folder does not exist.</summary>
    public void Check()
    {
        if (IsOn && !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(settings.MetricsPath))))
        {
            throw new CmEtlException(
                ErrorKind.Configuration, ErrorIds.FolderNotFound, $"metrics_path: the folder of {PlainText.Printable(settings.MetricsPath)} does not exist.",
                "Create the folder or set another path, then start again. No run was started.") { Subject = "metrics_path" };
        }
    }

    /// <summary>Writes the file. If that fails, it logs a warning and the run continues.</summary>
    public async Task WriteAsync(EtlStatus run, CancellationToken cancel)
    {
        if (!IsOn)
        {
            return;
        }

        // In the same folder, because a rename is atomic only within a file system. The collector ignores names that do not end in .prom.
        var temporary = $"{settings.MetricsPath}.{Environment.ProcessId}.tmp";
        try
        {
            await File.WriteAllTextAsync(temporary, Text(run, settings.Database, settings.ConflictSchema), cancel);
            File.Move(temporary, settings.MetricsPath, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            if (!_warned)
            {
                log.LogWarning("The metrics could not be written to {Path}: {Error}", PlainText.Printable(settings.MetricsPath), error.GetType().Name);
            }

            _warned = true;
        }
    }

    /// <summary>The text of the file.</summary>
    public static string Text(EtlStatus run, string database, string schema)
    {
        var text = new StringBuilder();
        var common = $"database=\"{Escaped(database)}\",schema=\"{Escaped(schema)}\"";
        foreach (var metric in RunMetric.All)
        {
            text.Append(CultureInfo.InvariantCulture, $"# HELP {metric.Name} {metric.Help}\n# TYPE {metric.Name} gauge\n");
            foreach (var (labels, value) in metric.Values(run).Where(v => v.Value is not null))
            {
                text.Append(CultureInfo.InvariantCulture, $"{metric.Name}{{{common}{(labels.Length > 0 ? "," : "")}{labels}}} {value:R}\n");
            }
        }

        return text.ToString();
    }

    private static string Escaped(string label) =>
        label.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
