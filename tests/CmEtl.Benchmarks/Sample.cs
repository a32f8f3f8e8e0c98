namespace CmEtl.Benchmarks;

/// <summary>One measured step of one round.</summary>
internal sealed record Sample(
    Line Line, int Round, double Seconds, long Rows, long WalBytes, long DeadTuples, long Updated, long UpdatedHot, long MemoryPeak)
{
    public string Describe() => $"{Line.Name} x{Line.Connections}: {Seconds:F3} s, {Rows} rows";
}
