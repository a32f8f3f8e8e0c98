namespace CmEtl.Lambda;

/// <summary>A chunk in a manifest. It has only the number, because bounds contain SSNs and stay in the database.</summary>
internal sealed record ManifestItem(int ChunkId);
