using CmEtl.Engine;

namespace CmEtl.Report;

/// <summary>The data of a run that the sections of the report share.</summary>
internal sealed class ReportModel
{
    public ReportModel(EtlReport report)
    {
        Report = report;
        History = new AttemptHistory(report);
        Steps = [.. Step("Task 01", report.Task01At, report.Status.StartedAt),
            .. Step("plan", report.PlannedAt, report.Task01At ?? report.Status.StartedAt)];
        var work = History.Known.Select(a => (From: a.Start, To: a.End)).ToList();
        WorkTime = TimeRanges.Merge(work, TimeSpan.Zero).Sum();
        Marks = [.. report.Events.Select(RunMark.From).OfType<RunMark>()];
        var start = report.Status.StartedAt;
        var now = report.Alive ? report.ReadAt : start;
        Scale = new TimeScale(
            [(start, start), (now, now), .. Steps.Select(s => (s.Start, s.End)), .. work, .. History.Earlier.Select(f => (f.At, f.At)),
            .. Marks.Select(m => (m.At, m.At))]);
        Durations = [.. History.Known.Where(a => a.Outcome == Outcome.Done).Select(a => a.Duration).Order()];
    }

    public EtlReport Report { get; }

    public EtlStatus Status => Report.Status;

    public AttemptHistory History { get; }

    /// <summary>The steps before the chunks: Task 01 and planning.</summary>
    public IReadOnlyList<ChunkAttempt> Steps { get; }

    /// <summary>Stops and resumes.</summary>
    public IReadOnlyList<RunMark> Marks { get; }

    public TimeScale Scale { get; }

    /// <summary>Time during which at least one chunk was in progress, as far as known.</summary>
    public TimeSpan WorkTime { get; }

    /// <summary>Durations of the chunks that are done, shortest first.</summary>
    public IReadOnlyList<TimeSpan> Durations { get; }

    public long RowsThrough => Status.RowsConfirmed + Status.RowsUnconfirmed + Status.RowsDeferred;

    /// <summary>Rows per second of working time. Pauses are not counted.</summary>
    public double? RowsPerSecond => RowsThrough > 0 && WorkTime > TimeSpan.Zero ? RowsThrough / WorkTime.TotalSeconds : null;

    public bool IsNewest => Report.NewestRunId == Status.RunId;

    public TimeSpan? Quantile(double share) => Durations is [] ? null : Durations[(int)(share * (Durations.Count - 1))];

    // The next start repeats an interrupted step from its beginning.
    private IEnumerable<ChunkAttempt> Step(string name, DateTimeOffset? end, DateTimeOffset from)
    {
        if (end is { } to)
        {
            var resumed = Report.Events.LastOrDefault(e => e.Kind == "run resumed" && e.At <= to)?.At ?? from;
            yield return new ChunkAttempt(-1, 0, Outcome.Step, resumed > from ? resumed : from, to, "", 0, name);
        }
    }
}
