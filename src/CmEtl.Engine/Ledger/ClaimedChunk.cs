namespace CmEtl.Engine;

/// <summary>A chunk in the hands of one worker. <see cref="Attempt"/> is its fence.</summary>
internal sealed record ClaimedChunk(
    int ChunkId, int Attempt, int Failures, ChunkBound From, ChunkBound To, long EstimatedRows, int Dates, int Ssns);
