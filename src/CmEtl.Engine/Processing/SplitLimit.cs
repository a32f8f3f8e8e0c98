namespace CmEtl.Engine;

/// <summary>How many splits the search for the rows that cause an error may take in a run.</summary>
/// <param name="Most">Splits that need not help.</param>
/// <param name="PerDone">Further splits for every chunk that was split and is done.</param>
internal sealed record SplitLimit(int Most, int PerDone)
{
    /// <summary>How often one range is split: 2^24 rows are more than any chunk has.</summary>
    public const int Deepest = 24;

    public const string Exhausted = "; not split again, because the splits of this run have not helped: the rows are not the cause";

    /// <summary>
    /// For rows that cannot be written: one among ten thousand takes fourteen splits. Where more are bad, the rows are not the cause.
    /// </summary>
    public static readonly SplitLimit BadRows = new(100, 0);

    /// <summary>
    /// For time limits. Chunks that are too large, or hold a row that takes too long, have parts that are done in time. A lock, a slow disk
    /// or a bad plan stops all parts.
    /// </summary>
    public static readonly SplitLimit Limits = new(20, 2);
}
