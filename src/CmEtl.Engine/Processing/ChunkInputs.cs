namespace CmEtl.Engine;

/// <summary>What a chunk of a run with delta found before it recomputed anything.</summary>
/// <param name="Versions">Fingerprints of the tables that its snapshot sees, as JSON.</param>
/// <param name="RowsClaimed">Rows claimed.</param>
/// <param name="RowsLeft">Rows that are to be recomputed.</param>
internal sealed record ChunkInputs(string Versions, long RowsClaimed, long RowsLeft)
{
    public bool MostlyQuiet => RowsLeft * 2 < RowsClaimed;
}
