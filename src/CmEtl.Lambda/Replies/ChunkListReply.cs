namespace CmEtl.Lambda;

/// <summary>Of <c>get_task02_chunks</c>: the chunks that are not done. Only numbers travel; bounds hold SSNs and stay in the database.</summary>
internal sealed record ChunkListReply(string RunId, long TotalRows, int NumChunks, IReadOnlyList<int> ChunkIds, string Status = "success");
