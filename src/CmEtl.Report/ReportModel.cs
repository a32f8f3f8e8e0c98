using CmEtl.Engine;

namespace CmEtl.Report;

/// <summary>A run as its sections look at it.</summary>
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

    /// <summary>What went before the chunks.</summary>
    public IReadOnlyList<ChunkAttempt> Steps { get; }

    /// <summary>Stops and resumes.</summary>
    public IReadOnlyList<RunMark> Marks { get; }

    public TimeScale Scale { get; }

    /// <summary>Time in which at least one chunk was in work, as far as it is known.</summary>
    public TimeSpan WorkTime { get; }

    /// <summary>How long chunks took that are done, shortest first.</summary>
    public IReadOnlyList<TimeSpan> Durations { get; }

    public long RowsThrough => Status.RowsConfirmed + Status.RowsUnconfirmed + Status.RowsDeferred;

    /// <summary>Per second in which at least one chunk was in work: a pause does not count.</summary>
    public double? RowsPerSecond => RowsThrough > 0 && WorkTime > TimeSpan.Zero ? RowsThrough / WorkTime.TotalSeconds : null;

    public bool IsNewest => Report.NewestRunId == Status.RunId;

    public TimeSpan? Quantile(double share) => Durations is [] ? null : Durations[(int)(share * (Durations.Count - 1))];

    // A step that was cut off is taken again by the next start, from its beginning.
    private IEnumerable<ChunkAttempt> Step(string name, DateTimeOffset? end, DateTimeOffset from)
    {
        if (end is { } to)
        {
            var resumed = Report.Events.LastOrDefault(e => e.Kind == "run resumed" && e.At <= to)?.At ?? from;
            yield return new ChunkAttempt(-1, 0, Outcome.Step, resumed > from ? resumed : from, to, "", 0, name);
        }
    }
}
