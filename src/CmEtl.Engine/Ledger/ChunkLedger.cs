using System.Data;
using System.Text.Json;
using Npgsql;

namespace CmEtl.Engine;

/// <summary>
/// The chunks in the ledger: claim, hold, complete, fail. The attempt that a claim returns is the fence of all later writes.
/// </summary>
internal sealed class ChunkLedger(EtlSettings settings, Database database, SqlLibrary sql)
{
    /// <summary>Claims the next chunk of the run. Returns null when none is available now.</summary>
    public Task<ClaimedChunk?> ClaimNextAsync(NpgsqlConnection connection, string runId, string worker, CancellationToken cancel) =>
        ClaimAsync(connection, sql["chunk/claim_next"], runId, worker, -1, cancel);

    /// <summary>Claims the given chunk. Returns null when it is done, held by a live worker, or does not exist.</summary>
    public Task<ClaimedChunk?> ClaimOneAsync(NpgsqlConnection connection, string runId, int chunkId, string worker, CancellationToken cancel) =>
        ClaimAsync(connection, sql["chunk/claim_one"], runId, worker, chunkId, cancel);

    /// <summary>Time until a chunk may become available; null when none is left.</summary>
    public async Task<TimeSpan?> NextDueAsync(NpgsqlConnection connection, string runId, CancellationToken cancel)
    {
        var seconds = await connection.QueryAsync(
            sql["chunk/next_due"], r => r.GetOrNull<double>("seconds"), cancel, ("run_id", runId));
        return seconds.Single() is { } s ? TimeSpan.FromSeconds(Math.Max(s, 0)) : null;
    }

    /// <summary>
    /// Records which tables are empty in the snapshot of a chunk that confirmed nothing. They may be full again when the run ends, and its
    /// other chunks may hide the loss.
    /// </summary>
    public async Task NoteEmptyTablesAsync(NpgsqlConnection connection, string runId, ClaimedChunk chunk, CancellationToken cancel)
    {
        foreach (var reason in await Plausibility.EmptyTablesAsync(connection, sql, settings, cancel))
        {
            await connection.ExecuteAsync(
                sql["run/event"], cancel, ("run_id", runId), ("chunk_id", chunk.ChunkId), ("attempt", chunk.Attempt), ("kind", "table empty"),
                ("rows", null), ("reason", reason));
        }
    }

    /// <summary>Locks the chunk for the transaction. Throws when the attempt is outdated.</summary>
    public async Task HoldAsync(NpgsqlConnection connection, RunRow run, ClaimedChunk chunk, CancellationToken cancel)
    {
        var held = await connection.QueryPreparedAsync(
            sql["chunk/hold"], _ => true, cancel, [.. Fence(run.RunId, chunk), .. settings.ChunkSession(run.Phase)]);
        if (held.Count == 0)
        {
            throw Fenced(run.RunId, chunk);
        }
    }

    public Task<int> MarkedAsync(NpgsqlConnection connection, string runId, ClaimedChunk chunk, long rows, CancellationToken cancel) =>
        connection.ExecutePreparedAsync(
            sql["chunk/marked"], cancel, [.. Fence(runId, chunk), ("rows_marked", rows), ("lease_seconds", settings.LeaseSeconds)]);

    /// <summary>Sets the chunk to done in the transaction that updated the rows. Throws when the attempt is outdated.</summary>
    public async Task CompleteAsync(NpgsqlConnection connection, ChunkResult result, ClaimedChunk chunk, ChunkOutcome outcome, CancellationToken cancel)
    {
        var done = await connection.ExecutePreparedAsync(
            sql["chunk/complete"], cancel,
            [
                .. Fence(result.RunId, chunk), ("rows_claimed", result.RowsClaimed),
                .. result.ToColumns().Select(c => (c.Key, (object?)c.Value)),
                ("rows_moved", outcome.RowsMoved), ("relation", outcome.Relation),
            ]);
        if (done != 1)
        {
            throw Fenced(result.RunId, chunk);
        }
    }

    /// <summary>Stores the counts of the table at the end of a late chunk over the whole window, in its transaction.</summary>
    public Task FoundAsync(NpgsqlConnection connection, string runId, ClaimedChunk chunk, Reconciliation found, CancellationToken cancel) =>
        connection.ExecuteAsync(
            sql["chunk/found"], cancel, [.. Fence(runId, chunk), ("found", JsonSerializer.Serialize(found, ReconciliationJson.Default.Reconciliation))]);

    /// <summary>The counts that the newest late chunk over the whole window stored; null when no such chunk is done.</summary>
    public async Task<Reconciliation?> LastFoundAsync(NpgsqlConnection connection, string runId, CancellationToken cancel) =>
        (await connection.QueryAsync(
            sql["chunk/last_found"], r => JsonSerializer.Deserialize(r.GetString(0), ReconciliationJson.Default.Reconciliation), cancel, ("run_id", runId)))
        .SingleOrDefault();

    /// <summary>Ends an attempt that failed with an exception.</summary>
    /// <returns>False when the attempt has already ended according to the ledger: the chunk is done or was taken over.</returns>
    public async Task<bool> FailAsync(
        string runId, ClaimedChunk chunk, bool retry, bool counts, TimeSpan backoff, string sqlState, string error, CancellationToken cancel) =>
        await database.ExecuteAsync(
            sql["chunk/fail"], cancel,
            [
                .. Fence(runId, chunk), ("retry", retry), ("counts", counts), ("backoff_seconds", backoff.TotalSeconds), ("sqlstate", sqlState),
                ("error", error),
            ]) == 1;

    /// <summary>Splits a chunk, or quarantines it when it has a single row. Fails it when the limit allows no further split.</summary>
    public async Task SplitAsync(string runId, ClaimedChunk chunk, SplitLimit limit, string sqlState, string error, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancel);
        // A statement of its own, so that the split sees those of the workers that it waited for, and an abandonment sees its chunk.
        await connection.ExecuteAsync(sql["run/lock"], cancel, ("run_id", runId));
        await connection.ExecuteAsync(
            sql["chunk/split"], cancel,
            [
                .. Fence(runId, chunk), ("most_splits", limit.Most), ("splits_per_done", limit.PerDone), ("deepest_split", SplitLimit.Deepest),
                ("sqlstate", sqlState), ("error", error), ("not_split", SplitLimit.Exhausted),
            ]);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>The numbers of the chunks that cover the range of a claimed chunk now; more than one when it was split.</summary>
    public Task<List<int>> PiecesAsync(string runId, ClaimedChunk chunk, CancellationToken cancel) =>
        database.QueryAsync(
            sql["chunk/pieces"], r => r.GetInt32(0), cancel,
            ("run_id", runId), ("round", chunk.Round), ("from_date", chunk.From.VisitDate), ("from_ssn", chunk.From.Ssn), ("from_id", chunk.From.Id),
            ("to_date", chunk.To.VisitDate), ("to_ssn", chunk.To.Ssn), ("to_id", chunk.To.Id));

    private async Task<ClaimedChunk?> ClaimAsync(
        NpgsqlConnection connection, string statement, string runId, string worker, int chunkId, CancellationToken cancel) =>
        (await connection.QueryPreparedAsync(
            statement, Read, cancel, ("run_id", runId), ("chunk_id", chunkId), ("worker", worker), ("lease_seconds", settings.LeaseSeconds)))
        .SingleOrDefault();

    private static (string, object?)[] Fence(string runId, ClaimedChunk chunk) =>
        [("run_id", runId), ("chunk_id", chunk.ChunkId), ("attempt", chunk.Attempt)];

    private static CmEtlException Fenced(string runId, ClaimedChunk chunk) => new(
        ErrorKind.Busy, ErrorIds.ChunkFenced, $"Chunk {chunk.ChunkId} of run {runId} was taken over or reset. Attempt {chunk.Attempt} changed nothing.",
        "No action is needed. The newer attempt processes the chunk.") { Subject = $"{runId}/{chunk.ChunkId}" };

    private static ClaimedChunk Read(NpgsqlDataReader r) => new(
        r.Get<int>("chunk_id"), r.Get<int>("attempt"), r.Get<int>("failures"), ReadBound(r, "from"), ReadBound(r, "to"),
        r.Get<long>("estimated_rows"), r.Get<int>("dates"), r.Get<int>("ssns"), r.Get<int>("round"));

    public static ChunkBound ReadBound(NpgsqlDataReader r, string end) =>
        new(r.Get<DateOnly>($"{end}_date"), r.Get<string>($"{end}_ssn"), r.Get<long>($"{end}_id"));
}
