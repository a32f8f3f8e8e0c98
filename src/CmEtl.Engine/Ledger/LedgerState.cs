namespace CmEtl.Engine;

/// <summary>The state of a ledger, compared with what this version creates.</summary>
/// <param name="Exists">Whether there is a ledger.</param>
/// <param name="Missing">Missing migrations, in order.</param>
/// <param name="WithoutChecksum">Migrations that were recorded before there were checksums, and whose tables match this version's
/// text.</param>
/// <param name="ViewsCurrent">Whether its views are those of this version.</param>
/// <param name="Refusal">Why this version can neither work with it nor upgrade it; null when it can.</param>
internal sealed record LedgerState(
    bool Exists, IReadOnlyList<Migration> Missing, IReadOnlyList<Migration> WithoutChecksum, bool ViewsCurrent, CmEtlException? Refusal)
{
    public bool IsCurrent => Missing.Count == 0 && WithoutChecksum.Count == 0 && ViewsCurrent;
}
