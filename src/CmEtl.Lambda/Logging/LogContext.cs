namespace CmEtl.Lambda;

/// <summary>What every line of an invocation says besides its message.</summary>
/// <param name="RequestId">Lambda's id of the invocation.</param>
/// <param name="RunId">The run, when the event names one.</param>
/// <param name="ChunkId">The chunk, when the event names one.</param>
internal sealed record LogContext(string? RequestId, string? RunId, int? ChunkId);
