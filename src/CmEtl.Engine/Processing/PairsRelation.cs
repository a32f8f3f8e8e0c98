using Npgsql;

namespace CmEtl.Engine;

/// <summary>What conflictvisitmaps is in one transaction.</summary>
/// <param name="Identity">Changes when the table or one of its partitions is replaced, truncated or rewritten.</param>
internal sealed record PairsRelation(string Identity)
{
    /// <summary>
    /// Begins a transaction's work: locks every table that Task 02 reads, and only then takes the snapshot. One round trip. Nothing may be
    /// prepared before it in the transaction, because preparing takes the snapshot, too.
    /// </summary>
    public static async Task<PairsRelation> LockAsync(NpgsqlConnection connection, SqlLibrary library, EtlSettings settings,
        CancellationToken cancel)
    {
        await using var batch = connection.Batch(
            [library["run/lock_tables"], library["chunk/relation"]], ("conflict_schema", settings.ConflictSchema));
        return await batch.SingleAsync(r => new PairsRelation(r.Get<string>("relation")), cancel);
    }
}
