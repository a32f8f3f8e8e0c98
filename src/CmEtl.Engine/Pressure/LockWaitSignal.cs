using System.Globalization;

namespace CmEtl.Engine;

/// <summary>Other sessions wait for rows that a chunk has locked.</summary>
internal sealed class LockWaitSignal(double mostSeconds) : IPressureSignal
{
    public string? Reason(PressureSample before, PressureSample now) => now.LockWaitSeconds <= mostSeconds ? null
        : string.Create(CultureInfo.InvariantCulture, $"other sessions have waited for its locks for {now.LockWaitSeconds:F0} s");
}
