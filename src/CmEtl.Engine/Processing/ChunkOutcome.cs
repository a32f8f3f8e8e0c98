namespace CmEtl.Engine;

/// <summary>What a chunk writes into the ledger besides its counts.</summary>
/// <param name="RowsMoved">Rows that its update gave a key outside of its range.</param>
/// <param name="Relation">Identity of conflictvisitmaps in its transaction.</param>
/// <param name="Versions">Of a run with delta: what its snapshot saw of the look-up tables, as JSON.</param>
internal sealed record ChunkOutcome(long RowsMoved, string Relation, string? Versions = null);
