using System.Management.Automation;
using CmEtl.Engine;
using Microsoft.Extensions.Logging;

namespace CmEtl.PowerShell;

/// <summary>
/// A run as a PowerShell job. Progress, log lines and errors go to the job's streams, and the final status is its output. Stopping the job
/// stops the run, which can then be resumed.
/// </summary>
internal sealed class RunJob : Job, IProgress<EtlStatus>
{
    // The records may never be received, and only the newest matters.
    private const int MostProgressRecords = 20;

    private readonly Lock _gate = new();
    private BackgroundRun? _run;
    private string _step = "";

    /// <param name="command">Name of the cmdlet. Not the command line, which can contain a password.</param>
    /// <param name="database">The database of the run.</param>
    public RunJob(string command, string database)
        : base(command)
    {
        Location = database;
        PSJobTypeName = "CmEtl";
        Name = $"CmEtl{Id}";
    }

    /// <inheritdoc/>
    public override string Location { get; }

    /// <inheritdoc/>
    public override string StatusMessage => _step;

    /// <inheritdoc/>
    public override bool HasMoreData =>
        !IsFinished(JobStateInfo.State)
            || Output.Count + Error.Count + Warning.Count + Verbose.Count + Information.Count + Progress.Count > 0;

    /// <summary>Begins the run. The job disposes the engine.</summary>
    public void Start(EtlEngine engine, StartRequest request)
    {
        SetJobState(JobState.Running);
        _run = BackgroundRuns.Start(engine, request, this);
        _run.Completion.ContinueWith(_ => End(_run), TaskScheduler.Default);
    }

    /// <inheritdoc/>
    public override void StopJob()
    {
        // The run gives back its chunks first. If its server does not respond, the job ends later, together with the run.
        _run?.Cancel();
        Finished.WaitOne(TimeSpan.FromSeconds(10));
    }

    /// <summary>Writes a line of the log.</summary>
    public void Write(LogLevel level, string line)
    {
        if (!Verbose.IsOpen)
        {
            return;  // The job was removed, but its run is still giving back its chunks.
        }

        switch (level)
        {
            case LogLevel.Debug:
                Verbose.Add(new VerboseRecord(line));
                break;
            case LogLevel.Information:
                var record = new InformationRecord(line, Name);
                record.Tags.Add(StreamLoggers.Tag);
                Information.Add(record);
                break;
            default:
                Warning.Add(new WarningRecord(line));
                break;
        }
    }

    void IProgress<EtlStatus>.Report(EtlStatus value) => Show(RunProgress.Of(value));

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !IsFinished(JobStateInfo.State))
        {
            StopJob();
        }

        base.Dispose(disposing);
    }

    private static bool IsFinished(JobState state) => state is JobState.Completed or JobState.Failed or JobState.Stopped;

    private void Show(ProgressRecord record)
    {
        lock (_gate)
        {
            if (!Progress.IsOpen)
            {
                return;
            }

            _step = record.StatusDescription;
            if (Progress.Count >= MostProgressRecords)
            {
                Progress.RemoveAt(0);
            }

            Progress.Add(record);
        }
    }

    private void End(BackgroundRun run)
    {
        if (!Output.IsOpen)
        {
            return;
        }

        if (run.Final is { } final)
        {
            Show(RunProgress.End(final));
            Output.Add(PSObject.AsPSObject(PlainRecord.Of(final)));
        }

        var problem = run.Problem;
        if (problem is not null)
        {
            Error.Add(problem);
        }

        SetJobState(
            problem is not null ? JobState.Failed
            : run.Final is { } end && RunEnd.ProblemOf(end) is null ? JobState.Completed
            : JobState.Stopped);
    }
}
