namespace CmEtl.Benchmarks;

/// <summary>The peak of managed memory during a step, minus the memory in use at its beginning.</summary>
internal sealed class MemoryPeak : IDisposable
{
    private readonly long _start = GC.GetTotalMemory(forceFullCollection: true);
    private readonly Timer _timer;
    private long _peak;

    public MemoryPeak() => _timer = new Timer(_ => Look(), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(10));

    public long Stop()
    {
        Look();
        _timer.Dispose();
        return Math.Max(_peak - _start, 0);
    }

    public void Dispose() => _timer.Dispose();

    private void Look() => _peak = Math.Max(_peak, GC.GetTotalMemory(forceFullCollection: false));
}
