namespace CmEtl.Lambda;

/// <summary>
/// Of <c>get_task02_chunks</c>: the chunks that are not done, here or in a manifest, and how many the plan has in all. Only numbers travel;
/// bounds hold SSNs and stay in the database.
/// </summary>
internal sealed record ChunkListReply(string RunId, long TotalRows, int NumChunks, long PlannedChunks, string Status = "success")
{
    /// <summary>The open chunks, unless they went to a manifest.</summary>
    public IReadOnlyList<int>? ChunkIds { get; init; }

    /// <summary>Size of the manifest.</summary>
    public long? ManifestBytes { get; init; }
}
