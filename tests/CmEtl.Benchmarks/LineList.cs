using CmEtl.Engine;

namespace CmEtl.Benchmarks;

/// <summary>All lines in the order of the table.</summary>
internal static class LineList
{
    /// <summary>
    /// A page of 8 kB holds three pairs. With less than half of it, it holds one pair and has space for its next version.
    /// </summary>
    private const int Roomy = 45;

    public static IReadOnlyList<Line> All { get; } =
    [
        new LimitLine(1), new LimitLine(2), new LimitLine(5),
        new ChunkLine("sequential", Phase.Sequential, MarkMode.SinglePass, 1),
        new ChunkLine("single pass", Phase.Chunked, MarkMode.SinglePass, 1),
        new ChunkLine("single pass", Phase.Chunked, MarkMode.SinglePass, 2),
        new ChunkLine("single pass", Phase.Chunked, MarkMode.SinglePass, 5),
        new ChunkLine("two phase", Phase.Chunked, MarkMode.TwoPhase, 1),
        new ChunkLine("two phase", Phase.Chunked, MarkMode.TwoPhase, 2),
        new ChunkLine("two phase", Phase.Chunked, MarkMode.TwoPhase, 5),
        new ChunkLine("single pass chunks of 1,000", Phase.Chunked, MarkMode.SinglePass, 2, 1_000),
        new ChunkLine("single pass chunks of 25,000", Phase.Chunked, MarkMode.SinglePass, 2, 25_000),
        new LimitLine(1, "limit roomy pages") { FillFactor = Roomy }, new LimitLine(2, "limit roomy pages") { FillFactor = Roomy },
        new ChunkLine("single pass roomy pages", Phase.Chunked, MarkMode.SinglePass, 1) { FillFactor = Roomy },
        new ChunkLine("single pass roomy pages", Phase.Chunked, MarkMode.SinglePass, 2) { FillFactor = Roomy },
        new MarkLine(), new StepLine("compute", writing: false), new StepLine("write", writing: true), new RerunLine(),
        new UnchangedLine("unchanged kept", delta: false, 1),
        new UnchangedLine("unchanged kept", delta: false, 2), new UnchangedLine("unchanged delta", delta: true, 1), new UnchangedLine("unchanged delta", delta: true, 2),
        new GroupByLine(), new PlannerLine(), new LedgerLine(), new CopyLine(), new SnapshotLine(),
    ];
}
