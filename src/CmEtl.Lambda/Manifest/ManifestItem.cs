namespace CmEtl.Lambda;

/// <summary>One chunk of a manifest. Only its number travels; bounds hold SSNs and stay in the database.</summary>
internal sealed record ManifestItem(int ChunkId);
