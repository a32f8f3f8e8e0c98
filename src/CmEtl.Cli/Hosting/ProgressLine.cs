using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;

namespace CmEtl.Cli;

/// <summary>
/// Progress on one line: redrawn in place on a terminal. Elsewhere a line now and then, the longer it takes the more rarely, so that logs
/// stay short; the last picture is always written.
/// </summary>
internal sealed class ProgressLine(TextWriter output, bool terminal)
{
    private readonly Lock _gate = new();
    private readonly Stopwatch _watch = new();
    private string _drawn = "";
    private TimeSpan _next;
    private ProgressRecord? _unwritten;

    public void Show(ProgressRecord record)
    {
        lock (_gate)
        {
            var over = record.RecordType == ProgressRecordType.Completed;
            if (terminal)
            {
                Draw(over ? "" : Cut(Text(record, bar: true)));
                return;
            }

            if (!_watch.IsRunning)
            {
                _watch.Restart();
                _next = Between(TimeSpan.Zero);
            }

            _unwritten = record;
            if (over || _watch.Elapsed >= _next)
            {
                WriteLast();
                _next = _watch.Elapsed + Between(_watch.Elapsed);
            }

            if (over)
            {
                _watch.Reset();
            }
        }
    }

    /// <summary>A line as a log keeps it: with the time of day in UTC. A terminal needs none.</summary>
    public string Stamped(string line) => terminal ? line : string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:HH:mm:ss}Z {line}");

    /// <summary>Nothing more will be shown; what was interrupted leaves its last picture.</summary>
    public void End()
    {
        lock (_gate)
        {
            Draw("");
            WriteLast();
            _watch.Reset();
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

    private static TimeSpan Between(TimeSpan age) =>
        TimeSpan.FromSeconds(age.TotalSeconds switch { < 5 => 1, < 60 => 5, _ => 30 });

    private void WriteLast()
    {
        if (_unwritten is { } record)
        {
            output.WriteLine(Stamped(Text(record, bar: false)));
            _unwritten = null;
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
        var percent = Math.Min(record.PercentComplete, 100);
        var filled = percent * Width / 100;
        var time = TimeSpan.FromSeconds(record.SecondsRemaining);
        var left = record.SecondsRemaining < 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(time.TotalHours):00}:{time:mm\\:ss} left");
        // A terminal may be narrow: there what matters most comes first.
        string[] parts = bar && percent >= 0
            ? [$"[{new string('#', filled)}{new string('.', Width - filled)}] {percent,3}%", left, record.StatusDescription, record.CurrentOperation ?? "", record.Activity]
            : [percent < 0 ? "" : $"{percent}%", $"{record.Activity}: {record.StatusDescription}", left, record.CurrentOperation ?? ""];
        return string.Concat(string.Join("  ", parts.Where(p => p.Length > 0)).Select(c => char.IsControl(c) ? ' ' : c));
    }
}
