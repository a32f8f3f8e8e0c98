using Npgsql;

namespace CmEtl.Engine;

/// <summary>The counts of a chunk's statements before the commit. Written rows are counted as the table stored them.</summary>
internal sealed record ChunkCounts : RowCounts
{
    public long Claimed { get; init; }

    /// <summary>Pairs that were computed.</summary>
    public long Paired { get; init; }

    /// <summary>
    /// Distinct rows among the pairs. Fewer than the pairs when a look-up found a visit, or a row that it refers to, more than once.
    /// </summary>
    public long Matched { get; init; }

    public long ToUpdate { get; init; }

    public long Updated { get; init; }

    /// <summary>Updated rows that the table stored with values other than those written.</summary>
    public long Altered { get; init; }

    public long ToMark { get; init; }

    public long Marked { get; init; }

    /// <summary>Updated rows whose new key lies outside the chunk's range.</summary>
    public long Moved { get; init; }

    /// <summary>Reads the row that task02/update.sql returns.</summary>
    public static ChunkCounts Read(NpgsqlDataReader r) => Read(
        new ChunkCounts
        {
            Claimed = r.Get<long>("rows_claimed"),
            Paired = r.Get<long>("rows_paired"),
            Matched = r.Get<long>("rows_matched"),
            ToUpdate = r.Get<long>("rows_to_update"),
            Updated = r.Get<long>("rows_updated"),
            Altered = r.Get<long>("rows_altered"),
            ToMark = r.Get<long>("rows_to_mark"),
            Marked = r.Get<long>("rows_marked"),
            Moved = r.Get<long>("rows_moved"),
        },
        r);

    /// <summary>Throws when the counts are impossible or the table did not store what was written. The caller then rolls back.</summary>
    /// <exception cref="CmEtlException">CountsImpossible, RowsNotStored.</exception>
    public void Require(string runId, int chunkId, string conflictSchema)
    {
        var subject = $"{runId}/{chunkId}";
        if (((long[])[.. ToColumns().Values, Claimed, Moved, RowsUnconfirmed - RowsDoubtful]).Min() < 0)
        {
            throw Impossible($"{Claimed} rows claimed, {RowsConfirmed} confirmed, {RowsUnchanged} of them unchanged, {RowsDeferred} deferred");
        }

        if (Matched != Paired)
        {
            throw Impossible($"{Matched} rows made {Paired} pairs");
        }

        if (Updated != ToUpdate || Altered > 0 || Marked != ToMark)
        {
            throw PairWrites.NotStored(
                runId, chunkId, conflictSchema, $"stored only {Updated - Altered} of {ToUpdate} updates and {Marked} of {ToMark} marks unchanged");
        }

        CmEtlException Impossible(string what) => new(
            ErrorKind.Permanent, ErrorIds.CountsImpossible, $"Chunk {chunkId} of run {runId} was rolled back because its counts are impossible: {what}.",
            "A look-up key is not unique. Run the preflight to find it, remove the duplicates, then start again to resume.") { Subject = subject };
    }
}
