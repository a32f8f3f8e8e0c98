namespace CmEtl.Engine;

/// <summary>What a chunk stores in the ledger in addition to its counts.</summary>
/// <param name="RowsMoved">Rows whose new key lies outside the chunk's range.</param>
/// <param name="Relation">Identity of conflictvisitmaps in the chunk's transaction.</param>
internal sealed record ChunkOutcome(long RowsMoved, string Relation);
