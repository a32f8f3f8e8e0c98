using System.Globalization;

namespace CmEtl.Report;

/// <summary>
/// Maps times to an axis from 0 to <see cref="Width"/>. Long periods without work, such as the day between a stop and its resume, are left
/// out and shown as narrow breaks. The rest is to scale.
/// </summary>
internal sealed class TimeScale
{
    public const double Width = 1000;

    private const double BreakWidth = 16;
    private const double CutFrom = 0.5;

    /// <summary>Breaks take at most a third of the axis.</summary>
    private const int MostParts = 20;

    private const double TicksApart = 90;

    private const double LastLabel = 970;

    private static readonly TimeSpan ShortestCut = TimeSpan.FromMinutes(1);

    private static readonly int[] Steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400];

    private readonly List<(DateTimeOffset From, DateTimeOffset To, double At)> _parts = [];
    private readonly double _secondsPerUnit;

    /// <param name="busy">The periods of work. At least one.</param>
    public TimeScale(IEnumerable<(DateTimeOffset From, DateTimeOffset To)> busy)
    {
        var work = TimeRanges.Merge(busy, TimeSpan.Zero);
        var gap = work.Sum() * CutFrom is var half && half > ShortestCut ? half : ShortestCut;
        var merged = TimeRanges.Merge(work, gap);
        while (merged.Count > MostParts)
        {
            merged = TimeRanges.Merge(merged, gap *= 2);
        }

        var seconds = Math.Max(merged.Sum().TotalSeconds, 0.001);
        _secondsPerUnit = seconds / (Width - (BreakWidth * (merged.Count - 1)));
        double at = 0;
        foreach (var (from, to) in merged)
        {
            if (_parts is [.., var (_, last, _)])
            {
                Breaks.Add(new TimeBreak(at, at + BreakWidth, from - last));
                at += BreakWidth;
            }

            _parts.Add((from, to, at));
            at += (to - from).TotalSeconds / _secondsPerUnit;
        }
    }

    public List<TimeBreak> Breaks { get; } = [];

    /// <summary>Seconds of work that a section of the axis represents. Breaks represent none.</summary>
    public double Seconds(double from, double to) =>
        (to - from - Breaks.Sum(b => Math.Max(Math.Min(b.To, to) - Math.Max(b.From, from), 0))) * _secondsPerUnit;

    public double At(DateTimeOffset time)
    {
        var part = _parts.FindLast(p => p.From <= time) is { To.Ticks: > 0 } found ? found : _parts[0];
        var inside = time < part.From ? part.From : time > part.To ? part.To : time;
        return part.At + ((inside - part.From).TotalSeconds / _secondsPerUnit);
    }

    /// <summary>The time at a position. For a break, its start.</summary>
    public DateTimeOffset Time(double at)
    {
        var part = _parts.FindLast(p => p.At <= at) is { To.Ticks: > 0 } found ? found : _parts[0];
        var time = part.From + TimeSpan.FromSeconds((at - part.At) * _secondsPerUnit);
        return time > part.To ? part.To : time;
    }

    public IReadOnlyList<TimeTick> Ticks()
    {
        var step = TimeSpan.FromSeconds(Array.Find(Steps, s => s / _secondsPerUnit >= TicksApart) is > 0 and var found ? found : Steps[^1]);
        var format = step < TimeSpan.FromMinutes(1) ? "HH:mm:ss" : step < TimeSpan.FromDays(1) ? "HH:mm" : "MM-dd";
        var ticks = new List<TimeTick>();
        foreach (var (from, to, _) in _parts)
        {
            for (var time = Ceiling(from, step); time <= to; time += step)
            {
                if (At(time) <= LastLabel && (ticks is [] || At(time) - ticks[^1].At >= TicksApart))
                {
                    ticks.Add(new TimeTick(At(time), time.UtcDateTime.ToString(format, CultureInfo.InvariantCulture)));
                }
            }
        }

        return ticks;
    }

    private static DateTimeOffset Ceiling(DateTimeOffset time, TimeSpan step) =>
        new((time.UtcTicks + step.Ticks - 1) / step.Ticks * step.Ticks, TimeSpan.Zero);
}
