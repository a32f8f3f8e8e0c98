using Npgsql;

namespace CmEtl.Engine;

/// <summary>What a chunk's statements counted, before anything is committed. Written rows are counted as the table stored them.</summary>
internal sealed record ChunkCounts
{
    public required long Claimed { get; init; }

    public required long Confirmed { get; init; }

    /// <summary>Of the confirmed rows, those that were not written.</summary>
    public required long Unchanged { get; init; }

    public required long Deferred { get; init; }

    /// <summary>Pairs that were worked out.</summary>
    public required long Paired { get; init; }

    /// <summary>Different rows among them. Fewer than the pairs when a visit or what it names was found more than once.</summary>
    public required long Matched { get; init; }

    public required long ToUpdate { get; init; }

    public required long Updated { get; init; }

    /// <summary>Updated rows that the table stored with other values than it was given.</summary>
    public required long Altered { get; init; }

    public required long ToMark { get; init; }

    public required long Marked { get; init; }

    /// <summary>Updated rows whose new key lies outside of the chunk's range.</summary>
    public required long Moved { get; init; }

    public required long GpsRejects { get; init; }

    public required long WidthCuts { get; init; }

    /// <summary>Values other than GPS texts that could not be used.</summary>
    public required long UnusableValues { get; init; }

    /// <summary>Of the unconfirmed rows, those of which a value that could not be used may be the reason.</summary>
    public required long Doubtful { get; init; }

    public long Unconfirmed => Claimed - Confirmed - Deferred;

    /// <summary>The row that task02/update.sql answers with.</summary>
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

    /// <summary>Throws when the counts cannot be, or the table did not store what it was given. The transaction is rolled back then.</summary>
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
                runId, chunkId, conflictSchema, $"stored {Updated - Altered} of {ToUpdate} updates and {Marked} of {ToMark} marks as they were written");
        }

        CmEtlException Impossible(string what) => new(
            ErrorKind.Permanent, ErrorIds.CountsImpossible, $"Chunk {chunkId} of run {runId} was rolled back, its counts are impossible: {what}.",
            "A look-up key is not unique; Test-CmEtlConfig names it. Remove the duplicates, then start again to resume.") { Subject = subject };
    }
}
