using Npgsql;

namespace CmEtl.Engine;

/// <summary>
/// Protects what a chunk's transaction writes to conflictvisitmaps against triggers, which may change or suppress rows or write other rows
/// of the table.
/// </summary>
/// <param name="RowTriggers">Whether row triggers may be in force. The statements then compare what the table stored with what they
/// wrote.</param>
/// <param name="Triggers">Whether any triggers may be in force, which may write other rows.</param>
/// <param name="Stored">Rows that the session had inserted or updated when the transaction began; null when the server does not
/// count.</param>
/// <param name="Added">Rows inserted minus rows deleted; null when the server does not count.</param>
internal sealed record PairWrites(bool RowTriggers, bool Triggers, long? Stored, long? Added)
{
    private const string Remedy =
        "Disable the trigger or policy during a run, or let it skip this role (\\d in psql lists triggers and policies). Then start again to resume.";

    /// <summary>
    /// Locks the table so that no trigger is created until the transaction ends, then looks for existing triggers. Call it after <see
    /// cref="PairsRelation.LockAsync"/>.
    /// </summary>
    public static async Task<PairWrites> LockAsync(
        NpgsqlConnection connection, SqlLibrary library, EtlSettings settings, ClaimedChunk chunk, CancellationToken cancel)
    {
        await using var batch = connection.Batch(
            [library["chunk/write_lock"], library["chunk/triggers"]],
            [("conflict_schema", settings.ConflictSchema), .. ChunkStatements.Range(chunk.From, chunk.To)]);
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        await reader.NextResultAsync(cancel);
        await reader.ReadAsync(cancel);
        return Read(reader);
    }

    /// <summary>
    /// Compares the server's count of rows that the transaction has written to conflictvisitmaps with the chunk's own count. A trigger that
    /// fires after a statement or at the commit can write rows again that the statement has already returned.
    /// </summary>
    /// <exception cref="CmEtlException">RowsNotStored. The transaction has to be rolled back.</exception>
    public async Task RequireAsync(
        NpgsqlConnection connection, SqlLibrary library, EtlSettings settings, string runId, int chunkId, long written,
        CancellationToken cancel)
    {
        if (!Triggers)
        {
            return;
        }

        // Fires constraint triggers that are deferred to the commit.
        await connection.ExecuteAsync("SET CONSTRAINTS ALL IMMEDIATE", cancel);
        var now = (await connection.QueryAsync(library["chunk/triggers"], Read, cancel, ("conflict_schema", settings.ConflictSchema))).Single();
        if (now.Stored is null || Stored is null)
        {
            throw new CmEtlException(
                ErrorKind.Permanent, ErrorIds.RowsNotStored,
                $"Chunk {chunkId} of run {runId} was rolled back: {settings.ConflictSchema}.conflictvisitmaps has triggers, and the rows that they write cannot be counted because track_counts is off.",
                "Ask a superuser to set track_counts to on, or disable the triggers during a run. Then start again to resume.") { Subject = $"{runId}/{chunkId}" };
        }

        if (now.Stored - Stored != written || now.Added != Added)
        {
            throw NotStored(runId, chunkId, settings.ConflictSchema, $"stored {now.Stored - Stored} rows where the chunk wrote {written}");
        }
    }

    /// <summary>
    /// The error of a chunk whose rows the table did not store as written. <paramref name="what"/> says what the table did, as a verb
    /// phrase
    /// with counts.
    /// </summary>
    public static CmEtlException NotStored(string runId, int chunkId, string conflictSchema, string what) => new(
        ErrorKind.Permanent, ErrorIds.RowsNotStored,
        $"Chunk {chunkId} of run {runId} was rolled back: {conflictSchema}.conflictvisitmaps {what}. A trigger or a policy on it suppresses or changes rows.", Remedy)
    { Subject = $"{runId}/{chunkId}" };

    private static PairWrites Read(NpgsqlDataReader r) =>
        new(r.Get<bool>("row_triggers"), r.Get<bool>("triggers"), r.GetOrNull<long>("stored"), r.GetOrNull<long>("added"));
}
