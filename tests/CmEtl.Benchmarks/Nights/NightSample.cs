namespace CmEtl.Benchmarks;

/// <summary>One run of one night.</summary>
/// <param name="Night">The night's name.</param>
/// <param name="Round">The round, from 1.</param>
/// <param name="Delta">Whether it was the delta run.</param>
/// <param name="Task01">Seconds of Task 01.</param>
/// <param name="Plan">Seconds of the plan, including the first look of a delta run.</param>
/// <param name="Chunks">Seconds of the workers.</param>
/// <param name="Verify">Seconds of the verification, including the second look of a delta run.</param>
/// <param name="Wal">Bytes of WAL from the plan to the end of the run.</param>
/// <param name="Written">Rows that were written.</param>
/// <param name="Rows">Rows of the window.</param>
internal sealed record NightSample(
    string Night, int Round, bool Delta, double Task01, double Plan, double Chunks, double Verify, long Wal, long Written, long Rows)
{
    public string Describe() =>
        $"{Night}, {(Delta ? "delta" : "full")}: Task 01 {Task01:F2}, plan {Plan:F2}, chunks {Chunks:F2}, verification {Verify:F2} s, {Written} of {Rows} rows written, {Wal >> 10} kB of WAL";
}
