namespace CmEtl.Engine;

/// <summary>What a chunk of a run with delta found before it recomputed anything.</summary>
/// <param name="Versions">What its snapshot sees of the tables that are looked things up in, as JSON.</param>
internal sealed record ChunkInputs(string Versions)
{
    /// <summary>The chunk's counts when nothing that goes into it has changed; then nothing is claimed.</summary>
    public ChunkCounts? Unchanged { get; init; }

    /// <summary>Whether its rows are claimed already.</summary>
    public bool Claimed { get; init; }

    /// <summary>Rows that it is answerable for, where that is known already.</summary>
    public long RowsClaimed { get; init; }

    /// <summary>Of the claimed rows those that are to be recomputed.</summary>
    public long RowsLeft { get; init; }

    public bool MostlyQuiet => RowsLeft * 2 < RowsClaimed;
}
