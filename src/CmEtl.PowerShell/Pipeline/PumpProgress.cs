namespace CmEtl.PowerShell;

/// <summary>Writes the engine's progress on the pipeline thread, at most four times a second.</summary>
internal sealed class PumpProgress<T>(Pump pump, Action<T> write) : IProgress<T>
{
    private const int MillisecondsBetween = 250;

    private long _next = long.MinValue;

    public void Report(T value)
    {
        var now = Environment.TickCount64;
        var next = Interlocked.Read(ref _next);
        if (now >= next && Interlocked.CompareExchange(ref _next, now + MillisecondsBetween, next) == next)
        {
            pump.Post(() => write(value));
        }
    }
}
