namespace CmEtl.Benchmarks;

/// <summary>One measured line of the table.</summary>
/// <param name="name">Name in the table.</param>
/// <param name="connections">Number of connections.</param>
/// <param name="reference">Name of the line with the same number of connections that it is compared with.</param>
internal abstract class Line(string name, int connections, string reference = "") : IAsyncDisposable
{
    public string Name { get; } = name;

    public int Connections { get; } = connections;

    public string Reference { get; } = reference;

    /// <summary>The fillfactor of the table in percent when the line begins. Below about half, an update finds space on its page.</summary>
    public int FillFactor { get; init; } = 100;

    /// <summary>Preparation that is not measured.</summary>
    public virtual Task PrepareAsync(BenchDatabase bench, CancellationToken cancel) => Task.CompletedTask;

    /// <summary>The measured part.</summary>
    /// <returns>Processed rows, and the seconds if they can be measured closer to the work than by the caller.</returns>
    public abstract Task<(long Rows, double? Seconds)> MeasureAsync(BenchDatabase bench, CancellationToken cancel);

    /// <summary>Ends the sessions of the line. The next round prepares it again.</summary>
    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
