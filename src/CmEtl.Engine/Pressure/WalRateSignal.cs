using System.Globalization;

namespace CmEtl.Engine;

/// <summary>The server writes more WAL than the setting allows.</summary>
/// <param name="mostMegabytes">Limit in MB per second; 0 means no limit.</param>
internal sealed class WalRateSignal(double mostMegabytes) : IPressureSignal
{
    public string? Reason(PressureSample before, PressureSample now)
    {
        var rate = now.At > before.At ? (now.WalBytes - before.WalBytes) / Megabytes.Bytes / (now.At - before.At) : 0;
        return mostMegabytes == 0 || rate <= mostMegabytes ? null
            : string.Create(CultureInfo.InvariantCulture, $"the server writes {rate:F0} MB of WAL a second");
    }
}
