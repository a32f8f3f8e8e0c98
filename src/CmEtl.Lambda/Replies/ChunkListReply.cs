namespace CmEtl.Lambda;

/// <summary>
/// The reply to <c>get_task02_chunks</c>: the chunks that are not done, here or in a manifest, and the number of chunks in the plan. It has
/// only chunk numbers, because bounds contain SSNs and stay in the database.
/// </summary>
internal sealed record ChunkListReply(string RunId, long TotalRows, int NumChunks, long PlannedChunks, string Status = "success")
{
    /// <summary>Numbers of the unfinished chunks. Null if they are in a manifest.</summary>
    public IReadOnlyList<int>? ChunkIds { get; init; }

    /// <summary>Size of the manifest in bytes.</summary>
    public long? ManifestBytes { get; init; }
}
