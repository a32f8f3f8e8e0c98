using Npgsql;

namespace CmEtl.Engine;

/// <summary>The counts of a chunk's statements before the commit. Written rows are counted as the table stored them.</summary>
internal sealed record ChunkCounts
{
    public required long Claimed { get; init; }

    public required long Confirmed { get; init; }

    /// <summary>Confirmed rows that were not written.</summary>
    public required long Unchanged { get; init; }

    public required long Deferred { get; init; }

    /// <summary>Pairs that were computed.</summary>
    public required long Paired { get; init; }

    /// <summary>
    /// Distinct rows among the pairs. Fewer than the pairs when a look-up found a visit, or a row that it refers to, more than once.
    /// </summary>
    public required long Matched { get; init; }

    public required long ToUpdate { get; init; }

    public required long Updated { get; init; }

    /// <summary>Updated rows that the table stored with values other than those written.</summary>
    public required long Altered { get; init; }

    public required long ToMark { get; init; }

    public required long Marked { get; init; }

    /// <summary>Updated rows whose new key lies outside the chunk's range.</summary>
    public required long Moved { get; init; }

    public required long GpsRejects { get; init; }

    public required long WidthCuts { get; init; }

    /// <summary>Unusable values other than GPS texts.</summary>
    public required long UnusableValues { get; init; }

    /// <summary>Unconfirmed rows for which an unusable value may be the reason.</summary>
    public required long Doubtful { get; init; }

    public long Unconfirmed => Claimed - Confirmed - Deferred;

    /// <summary>Counts of zero, used before task02/update.sql has returned its row.</summary>
    public static ChunkCounts None { get; } = new()
    {
        Claimed = 0, Confirmed = 0, Unchanged = 0, Deferred = 0, Paired = 0, Matched = 0, ToUpdate = 0, Updated = 0, Altered = 0, ToMark = 0, Marked = 0, Moved = 0,
        GpsRejects = 0, WidthCuts = 0, UnusableValues = 0, Doubtful = 0,
    };

    public static ChunkCounts Read(NpgsqlDataReader r) => new()
    {
        Claimed = r.Get<long>("rows_claimed"), Confirmed = r.Get<long>("rows_confirmed"), Unchanged = r.Get<long>("rows_unchanged"),
        Deferred = r.Get<long>("rows_deferred"), Paired = r.Get<long>("rows_paired"), Matched = r.Get<long>("rows_matched"), ToUpdate = r.Get<long>("rows_to_update"),
        Updated = r.Get<long>("rows_updated"), Altered = r.Get<long>("rows_altered"), ToMark = r.Get<long>("rows_to_mark"),
        Marked = r.Get<long>("rows_marked"), Moved = r.Get<long>("rows_moved"), GpsRejects = r.Get<long>("gps_rejects"),
        WidthCuts = r.Get<long>("width_cuts"), UnusableValues = r.Get<long>("unusable_values"), Doubtful = r.Get<long>("rows_doubtful"),
    };

    /// <summary>Throws when the counts are impossible or the table did not store what was written. The caller then rolls back.</summary>
    /// <exception cref="CmEtlException">CountsImpossible, RowsNotStored.</exception>
    public void Require(string runId, int chunkId, string conflictSchema)
    {
        var subject = $"{runId}/{chunkId}";
        if (((long[])[Claimed, Confirmed, Unchanged, Deferred, Unconfirmed, Moved, GpsRejects, WidthCuts, UnusableValues, Doubtful, Unconfirmed - Doubtful]).Min() < 0)
        {
            throw Impossible($"{Claimed} rows claimed, {Confirmed} confirmed, {Unchanged} of them unchanged, {Deferred} deferred");
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
            "A look-up key is not unique. Run Test-CmEtlConfig to find it, remove the duplicates, then start again to resume.") { Subject = subject };
    }
}
