namespace CmEtl.Lambda;

/// <summary>Fields of every log line of an invocation.</summary>
/// <param name="RequestId">Lambda's request id of the invocation.</param>
/// <param name="RunId">Id of the run. Null if the event does not have it.</param>
/// <param name="ChunkId">Number of the chunk. Null if the event does not have it.</param>
internal sealed record LogContext(string? RequestId, string? RunId, int? ChunkId);
