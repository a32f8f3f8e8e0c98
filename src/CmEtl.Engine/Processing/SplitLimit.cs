namespace CmEtl.Engine;

/// <summary>How many splits a run may use to find the rows that cause an error.</summary>
/// <param name="Most">Splits that are allowed even if none of them helps.</param>
/// <param name="PerDone">Additional splits for every chunk that was split and then completed.</param>
internal sealed record SplitLimit(int Most, int PerDone)
{
    /// <summary>How often one range can be split. 2^24 rows are more than any chunk has.</summary>
    public const int Deepest = 24;

    public const string Exhausted = "; not split again, because earlier splits of this run did not help: the rows are not the cause";

    /// <summary>
    /// For rows that cannot be written: finding one among ten thousand takes fourteen splits. If many more are bad, the rows are not the
    /// cause.
    /// </summary>
    public static readonly SplitLimit BadRows = new(100, 0);

    /// <summary>
    /// For time limits. If a chunk is too large or contains a slow row, some of its parts are completed in time. A lock, a slow disk or a
    /// bad plan affects all parts.
    /// </summary>
    public static readonly SplitLimit Limits = new(20, 2);
}
