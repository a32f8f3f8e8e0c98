using Npgsql;

namespace CmEtl.Engine;

/// <summary>The relation that conflictvisitmaps is in one transaction.</summary>
/// <param name="Identity">Changes when the table or one of its partitions is replaced, truncated or rewritten.</param>
internal sealed record PairsRelation(string Identity)
{
    /// <summary>
    /// Locks every table that Task 02 reads, and takes the snapshot afterwards, in one round trip. It must come first in a transaction:
    /// preparing a statement before it would take the snapshot too early.
    /// </summary>
    public static async Task<PairsRelation> LockAsync(NpgsqlConnection connection, SqlLibrary library, EtlSettings settings,
        CancellationToken cancel)
    {
        await using var batch = connection.Batch(
            [library["run/lock_tables"], library["chunk/relation"]], ("conflict_schema", settings.ConflictSchema));
        return await batch.SingleAsync(r => new PairsRelation(r.Get<string>("relation")), cancel);
    }
}
