namespace CmEtl.Report;

/// <summary>Rows per second over time. Each chunk's rows are spread evenly over its last attempt. The ledger has no finer data.</summary>
internal sealed class ThroughputSeries
{
    private const int Most = 80;

    public ThroughputSeries(TimeScale scale, IReadOnlyList<ChunkAttempt> attempts)
    {
        // The resolution depends on the duration of the run. A column is at least a tenth of a second.
        Columns = Math.Clamp((int)(scale.Seconds(0, TimeScale.Width) * 4), 8, Most);
        Rates = new double[Columns];
        foreach (var attempt in attempts.Where(a => a.Outcome == Outcome.Done))
        {
            var (from, to) = (scale.At(attempt.Start), scale.At(attempt.End));
            for (var i = Column(from); i <= Column(to); i++)
            {
                var share = to > from ? Math.Max(Math.Min(to, (i + 1) * Width) - Math.Max(from, i * Width), 0) / (to - from) : 1;
                Rates[i] += attempt.Rows * share;
            }
        }

        for (var i = 0; i < Columns; i++)
        {
            var seconds = scale.Seconds(i * Width, (i + 1) * Width);
            Rates[i] = seconds > 0 ? Rates[i] / seconds : 0;
        }
    }

    public int Columns { get; }

    /// <summary>Rows per second in each column.</summary>
    public double[] Rates { get; }

    public double Peak => Rates.Max();

    public double Width => TimeScale.Width / Columns;

    private int Column(double at) => Math.Clamp((int)(at / Width), 0, Columns - 1);
}
