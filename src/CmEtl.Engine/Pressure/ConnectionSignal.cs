using System.Globalization;

namespace CmEtl.Engine;

/// <summary>Few connections are free for other sessions.</summary>
internal sealed class ConnectionSignal(int least) : IPressureSignal
{
    public string? Reason(PressureSample before, PressureSample now) => now.FreeConnections >= least ? null
        : string.Create(CultureInfo.InvariantCulture, $"only {Math.Max(now.FreeConnections, 0)} connections are free");
}
