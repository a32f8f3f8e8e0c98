namespace CmEtl.Engine;

/// <summary>What a ledger has, compared with what this program creates.</summary>
/// <param name="Exists">Whether there is a ledger.</param>
/// <param name="Missing">Migrations that it lacks, in order.</param>
/// <param name="WithoutChecksum">Migrations that it has, recorded before there were checksums, with the tables of this program's
/// text.</param>
/// <param name="ViewsCurrent">Whether its views are this program's.</param>
/// <param name="Refusal">Why this program cannot work with it, nor upgrade it; null when it can.</param>
internal sealed record LedgerState(
    bool Exists, IReadOnlyList<Migration> Missing, IReadOnlyList<Migration> WithoutChecksum, bool ViewsCurrent, CmEtlException? Refusal)
{
    public bool IsCurrent => Missing.Count == 0 && WithoutChecksum.Count == 0 && ViewsCurrent;
}
