namespace CmEtl.Engine;

/// <summary>What a chunk writes into the ledger besides its counts.</summary>
/// <param name="RowsMoved">Rows that its update gave a key outside of its range.</param>
/// <param name="Relation">Identity of conflictvisitmaps in its transaction.</param>
internal sealed record ChunkOutcome(long RowsMoved, string Relation);
