namespace CmEtl.Engine;

/// <summary>A chunk that was reset, or would be with -WhatIf.</summary>
/// <param name="RunId">The run.</param>
/// <param name="ChunkId">The chunk's number.</param>
/// <param name="State">Its state before the reset.</param>
/// <param name="Worker">The worker that held it.</param>
/// <param name="LeaseUntil">End of that worker's lease.</param>
/// <param name="RowsReleased">Rows whose mark was released, or would be.</param>
/// <param name="Reset">False for a preview.</param>
public sealed record ResetResult(
    string RunId, int ChunkId, ChunkState State, string Worker, DateTimeOffset? LeaseUntil, long RowsReleased, bool Reset);
