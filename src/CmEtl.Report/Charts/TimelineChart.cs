namespace CmEtl.Report;

/// <summary>
/// One lane per worker and one bar per attempt. If there are too many attempts to be visible, each lane is divided into cells that show how
/// busy it was and the worst result.
/// </summary>
internal sealed class TimelineChart(TimeScale scale, IReadOnlyList<ChunkAttempt> steps, IReadOnlyList<Lane> lanes,
    IReadOnlyList<Fault> earlier)
{
    /// <summary>Maximum number of attempts with one bar each. This is about what a wide screen can show, and 200 kB.</summary>
    public const int MostBars = 1_200;

    private const int LaneHeight = 20;
    private const int MostCells = 1_800;
    private const double Narrowest = 1.6;
    private const double Outlined = 5;

    private bool Single => lanes.Sum(l => l.Attempts.Count) <= MostBars;

    private int Columns => Math.Clamp(MostCells / Math.Max(lanes.Count, 1), 60, 200);

    public int Height => LaneHeight * (lanes.Count + 1 + (earlier.Count > 0 ? 1 : 0));

    public Html Labels() => Html.Of(
        $"<span>run</span>{lanes.Select(l => Html.Of($"<span>{l.Label}</span>"))}{Html.When(earlier.Count > 0, $"<span>earlier</span>")}");

    public Html Drawing() => Html.Of($"""
        <g>{steps.Select(s => Bar(s, 0, StepTitle(s)))}</g>
        {lanes.Select((l, i) => Html.Of($"<g>{(Single ? l.Attempts.Select(a => Bar(a, i + 1, Title(a))) : Cells(l, i + 1))}</g>\n"))}<g>{Marks()}</g>
        """);

    private Html Bar(ChunkAttempt attempt, int lane, string title)
    {
        var from = scale.At(attempt.Start);
        var width = Math.Max(scale.At(attempt.End) - from, Narrowest);
        return Rect(from, width, lane, attempt.Outcome, width >= Outlined ? "w" : "", title);
    }

    private IEnumerable<Html> Cells(Lane lane, int row)
    {
        var cells = new TimelineCell[Columns];
        var width = TimeScale.Width / Columns;
        foreach (var attempt in lane.Attempts)
        {
            var (from, to) = (scale.At(attempt.Start), scale.At(attempt.End));
            for (var i = Column(from); i <= Column(to); i++)
            {
                var overlap = Math.Min(to, (i + 1) * width) - Math.Max(from, i * width);
                cells[i] = cells[i].With(attempt, Math.Max(overlap, 0) / width / lane.Slots);
            }
        }

        return cells.Select((c, i) => c.Attempts == 0 ? Html.Empty : Rect(
            i * width, width, row, c.Worst, c.Shade, $"{Figures.Clock(scale.Time(i * width))}: {c.Text}"));
    }

    private IEnumerable<Html> Marks()
    {
        var row = lanes.Count + 1;
        if (earlier.Count <= MostBars)
        {
            return earlier.Select(f => Rect(scale.At(f.At), 3, row, Outcome.Ended, "", Title(f)));
        }

        var width = TimeScale.Width / Columns;
        return earlier.GroupBy(f => Column(scale.At(f.At))).Select(g => Rect(
            g.Key * width, width, row, Outcome.Ended, "",
            $"{Figures.Clock(g.First().At)}: {Figures.Count(g.Count(), "attempt")} ended without a result, the first: {Title(g.First())}"));
    }

    private int Column(double at) => Math.Clamp((int)(at / TimeScale.Width * Columns), 0, Columns - 1);

    // Failures have a different color and are also taller, so that they do not depend on color alone.
    private static Html Rect(double x, double width, int row, Outcome outcome, string shade, string title)
    {
        var inset = outcome >= Outcome.Ended ? 1 : 4;
        var (y, height) = ((row * LaneHeight) + inset, LaneHeight - (2 * inset));
        return Html.Of($"<rect class=\"{Figures.Name(outcome)} {shade}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"><title>{title}</title></rect>");
    }

    private static string StepTitle(ChunkAttempt step) => $"{step.Reason}: {Figures.Clock(step.Start)}, {Figures.Duration(step.Duration)}";

    private static string Title(ChunkAttempt a)
    {
        var what = a.Outcome == Outcome.Done ? $"{Figures.Count(a.Rows, "row")} in {Figures.Duration(a.Duration)}"
            : a.Outcome == Outcome.Working ? $"in progress for {Figures.Duration(a.Duration)}"
            : $"{Figures.Name(a.Outcome)} after {Figures.Duration(a.Duration)}: {a.Reason}";
        return $"Chunk {a.ChunkId}, attempt {a.Number}, {Figures.Clock(a.Start)}: {what}";
    }

    private static string Title(Fault f) => $"Chunk {f.ChunkId}, attempt {f.Attempt}, ended {Figures.Clock(f.At)}: {f.Reason}";
}
