using System.Globalization;

namespace CmEtl.Engine;

/// <summary>A replica lags behind.</summary>
internal sealed class ReplicaLagSignal(double mostMegabytes) : IPressureSignal
{
    public string? Reason(PressureSample before, PressureSample now) =>
        now.ReplicaLagBytes / Megabytes.Bytes is var lag && lag <= mostMegabytes ? null
        : string.Create(CultureInfo.InvariantCulture, $"a replica is {lag:F0} MB behind");
}
