namespace CmEtl.Report;

/// <summary>Rows per second over time, each chunk's rows spread evenly over its last attempt: the ledger knows no more of it.</summary>
internal sealed class ThroughputSeries
{
    private const int Most = 80;

    public ThroughputSeries(TimeScale scale, IReadOnlyList<ChunkAttempt> attempts)
    {
        // As fine as the run is long: the columns of a short run are its seconds' tenths and no less.
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
