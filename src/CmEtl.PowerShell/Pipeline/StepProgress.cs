using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;

namespace CmEtl.PowerShell;

/// <summary>
/// Shows steps of unknown duration. The progress shows the current step and its elapsed time. The verbose stream shows how long each step
/// took. Dispose it on the pipeline thread, before the cmdlet's output is written.
/// </summary>
internal sealed class StepProgress : IProgress<string>, IDisposable
{
    private const int ActivityId = 2;

    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);

    private readonly Pump _pump;
    private readonly Cmdlet _cmdlet;
    private readonly string _activity;
    private readonly Timer _ticks;
    private readonly Stopwatch _watch = new();
    private string _step = "";
    private string? _told;
    private bool _shown;

    public StepProgress(Pump pump, Cmdlet cmdlet, string activity)
    {
        (_pump, _cmdlet, _activity) = (pump, cmdlet, activity);
        _ticks = new Timer(_ => _pump.Post(Write), null, Between, Between);
    }

    /// <summary>Begins the next step.</summary>
    public void Report(string value) => _pump.Post(() =>
    {
        Next(value);
        _told = value;
    });

    /// <summary>
    /// Like <see cref="Report"/>, for a step that is usually short. It is shown only if it takes longer than a second.
    /// </summary>
    public void Begin(string value)
    {
        _step = _told = value;
        _watch.Restart();
    }

    /// <summary>Like <see cref="Report"/>, for a step that the log already writes to the verbose stream.</summary>
    public void Show(string value) => _pump.Post(() => Next(value));

    public void Dispose()
    {
        _ticks.Dispose();
        Tell();
        // A tick may still be queued and would show the step again during the cmdlet's next work.
        _step = "";
        if (_shown)
        {
            _cmdlet.WriteProgress(new ProgressRecord(ActivityId, _activity, "Done") { RecordType = ProgressRecordType.Completed });
        }
    }

    private void Next(string value)
    {
        Tell();
        _step = value;
        _watch.Restart();
        Write();
    }

    private void Tell()
    {
        if (_told is not null)
        {
            _cmdlet.WriteVerbose(string.Create(CultureInfo.InvariantCulture, $"{_told}: {_watch.Elapsed.TotalSeconds:F2} seconds"));
            _told = null;
        }
    }

    private void Write()
    {
        if (_step.Length > 0)
        {
            var time = _watch.Elapsed >= Between ? string.Create(CultureInfo.InvariantCulture, $", {Math.Floor(_watch.Elapsed.TotalHours):00}:{_watch.Elapsed:mm\\:ss}") : "";
            _cmdlet.WriteProgress(new ProgressRecord(ActivityId, _activity, $"{_step}{time}"));
            _shown = true;
        }
    }
}
