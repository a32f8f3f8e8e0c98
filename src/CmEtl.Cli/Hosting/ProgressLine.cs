using System.Globalization;
using System.Management.Automation;

namespace CmEtl.Cli;

/// <summary>Progress on one line: redrawn in place on a terminal, otherwise a line now and then, so that logs stay short.</summary>
internal sealed class ProgressLine(TextWriter output, bool terminal)
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private string _drawn = "";
    private DateTime _next = DateTime.UtcNow + Between;

    public void Show(ProgressRecord record)
    {
        lock (_gate)
        {
            var over = record.RecordType == ProgressRecordType.Completed;
            if (terminal)
            {
                Draw(over ? "" : Cut(Text(record, bar: true)));
            }
            else if (over || DateTime.UtcNow >= _next)
            {
                output.WriteLine(Text(record, bar: false));
                _next = DateTime.UtcNow + Between;
            }
        }
    }

    /// <summary>Writes something else without leaving half a line of progress behind.</summary>
    public void Above(Action write)
    {
        lock (_gate)
        {
            var drawn = _drawn;
            Draw("");
            write();
            Draw(drawn);
        }
    }

    private void Draw(string line)
    {
        if (line.Length > 0 || _drawn.Length > 0)
        {
            output.Write($"\r{line.PadRight(_drawn.Length)}{(line.Length == 0 ? "\r" : "")}");
        }

        _drawn = line;
    }

    private static string Cut(string line) => line.Length < Console.WindowWidth ? line : line[..Math.Max(0, Console.WindowWidth - 1)];

    private static string Text(ProgressRecord record, bool bar)
    {
        const int Width = 20;
        var percent = record.PercentComplete;
        var filled = percent * Width / 100;
        var parts = new[]
        {
            percent < 0 ? "" : bar ? $"[{new string('#', filled)}{new string('.', Width - filled)}] {percent,3}%" : $"{percent}%",
            $"{record.Activity}: {record.StatusDescription}",
            record.SecondsRemaining < 0 ? "" : $"{TimeSpan.FromSeconds(record.SecondsRemaining).ToString("c", CultureInfo.InvariantCulture)} left",
            record.CurrentOperation ?? "",
        };
        return string.Join("  ", parts.Where(p => p.Length > 0));
    }
}
