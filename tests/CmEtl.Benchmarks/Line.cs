namespace CmEtl.Benchmarks;

/// <summary>One thing that is measured.</summary>
/// <param name="name">What it is called in the table.</param>
/// <param name="connections">How many it works on.</param>
/// <param name="reference">Name of the line, at as many connections, that it is held up against.</param>
internal abstract class Line(string name, int connections, string reference = "") : IAsyncDisposable
{
    public string Name { get; } = name;

    public int Connections { get; } = connections;

    public string Reference { get; } = reference;

    /// <summary>
    /// How full the table's pages are when the line begins, in percent: an update finds room on its page below about half.
    /// </summary>
    public int FillFactor { get; init; } = 100;

    /// <summary>What has to be there first; not measured.</summary>
    public virtual Task PrepareAsync(BenchDatabase bench, CancellationToken cancel) => Task.CompletedTask;

    /// <summary>The measured part.</summary>
    /// <returns>Rows done, and the seconds where a clock nearer to the work than ours knows better.</returns>
    public abstract Task<(long Rows, double? Seconds)> MeasureAsync(BenchDatabase bench, CancellationToken cancel);

    /// <summary>Ends the line's sessions; the next round prepares it again.</summary>
    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
