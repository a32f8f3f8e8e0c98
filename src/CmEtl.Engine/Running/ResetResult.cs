namespace CmEtl.Engine;

/// <summary>One chunk that a reset touched, or would touch.</summary>
/// <param name="RunId">The run.</param>
/// <param name="ChunkId">The chunk's number.</param>
/// <param name="State">Where it stood before.</param>
/// <param name="Worker">Who held it.</param>
/// <param name="LeaseUntil">When that worker's lease ended or ends.</param>
/// <param name="RowsReleased">Rows whose mark was, or would be, released.</param>
/// <param name="Reset">False when this only shows what would happen.</param>
public sealed record ResetResult(
    string RunId, int ChunkId, ChunkState State, string Worker, DateTimeOffset? LeaseUntil, long RowsReleased, bool Reset);
