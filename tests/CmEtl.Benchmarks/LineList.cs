using CmEtl.Engine;

namespace CmEtl.Benchmarks;

/// <summary>All lines in the order of the table.</summary>
internal static class LineList
{
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
        new MarkLine(), new RerunLine(), new GroupByLine(), new PlannerLine(), new LedgerLine(), new CopyLine(), new SnapshotLine(),
    ];
}
