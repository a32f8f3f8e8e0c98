using System.Data;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CmEtl.Engine;

/// <summary>
/// Processes one claimed chunk: mark, stage, update, complete. The update and the state "done" in the ledger are one transaction, so the
/// update of a row takes effect exactly once per run, whatever fails in between. The isolation level is REPEATABLE READ: all analytics rows
/// are read as of one point in time, and if the application changes a stored row meanwhile, the attempt fails (40001) and is repeated
/// instead of overwriting it with a stale value.
/// </summary>
internal sealed class ChunkProcessor(EtlSettings settings, Database database, ChunkLedger ledger, ChunkStatements statements, ILogger log)
{
    /// <summary>Opens a connection and creates the temporary tables that chunks are staged in.</summary>
    public async Task<NpgsqlConnection> OpenAsync(Phase phase, CancellationToken cancel)
    {
        var library = await statements.GetAsync(cancel);
        var connection = await (phase == Phase.Sequential ? database.OpenForTaskAsync(cancel) : database.OpenAsync(cancel));
        try
        {
            await ReserveBuffersAsync(connection, cancel);
            string[] stage = ["DISCARD TEMP", .. ChunkStage.All.Select(s => s.Create(library)), ChunkStage.Seen, library["task02/stage_statistics"]];
            await connection.ExecuteAsync(string.Join(";\n", stage), cancel, ChunkStatements.NoParameters);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>The staged visits of a large chunk exceed the default of 8 MB and would be written to disk.</summary>
    private static async Task ReserveBuffersAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        try
        {
            await connection.ExecuteAsync("SET temp_buffers = '64MB'", cancel);
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.InvalidParameterValue)
        {
            // With a pooler, a session that has already used temporary tables for another client keeps its size.
        }
    }

    /// <summary>
    /// Processes the chunk or throws. After an exception the table contains nothing of this attempt except, in TwoPhase, its marks.
    /// </summary>
    public async Task<ChunkResult> ProcessAsync(
        NpgsqlConnection connection, RunRow run, ClaimedChunk chunk, CancellationToken cancel)
    {
        log.LogInformation(
            "Chunk {Chunk}: {Rows} estimated rows, {Dates} dates, {Ssns} SSNs", chunk.ChunkId, chunk.EstimatedRows, chunk.Dates, chunk.Ssns);
        var watch = Stopwatch.StartNew();
        var library = await statements.GetAsync(cancel);
        // A late chunk writes every row that it examines, in one transaction. If an earlier transaction marked them, its rows would look
        // examined.
        var marked = run.MarkMode == MarkMode.TwoPhase && !chunk.Late ? await MarkAsync(connection, library, run, chunk, cancel) : 0;

        await using var updating = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        var pairs = await PairsRelation.LockAsync(connection, library, settings, cancel);
        var writes = await PairWrites.LockAsync(connection, library, settings, chunk, cancel);
        await ledger.HoldAsync(connection, run, chunk, cancel);
        var parameters = statements.Parameters(run, chunk, pairs, writes.RowTriggers);
        var delta = run.Delta && !chunk.Late ? await DeltaChunk.JudgeAsync(connection, statements, parameters, cancel) : null;
        if (delta is { MostlyUnchanged: true })
        {
            log.LogInformation("Chunk {Chunk}: {Left} of {Rows} rows are recomputed", chunk.ChunkId, delta.Left, delta.Rows);
        }

        var counts = delta is { Judged: true, Left: 0 } ? new ChunkCounts()
            : await RecomputeAsync(connection, library, delta?.Parameters ?? parameters, delta, chunk.Late, cancel);
        if (counts is { RowsConfirmed: 0, RowsUnconfirmed: > 0 })
        {
            await ledger.NoteEmptyTablesAsync(connection, run.RunId, chunk, cancel);
        }

        if (delta is not null)
        {
            counts = delta.With(counts);
            await delta.RememberAsync(connection, cancel);
        }

        counts.Require(run.RunId, chunk.ChunkId, settings.ConflictSchema);
        await writes.RequireAsync(connection, library, settings, run.RunId, chunk.ChunkId, counts.Updated + counts.Marked, cancel);
        var result = RowCounts.Add(
            new ChunkResult
            {
                RunId = run.RunId, ChunkId = chunk.ChunkId, Attempt = chunk.Attempt, RowsMarked = marked + counts.Marked,
                RowsClaimed = counts.Claimed, Duration = watch.Elapsed,
            },
            counts);
        await ledger.CompleteAsync(connection, result, chunk, new ChunkOutcome(counts.Moved, pairs.Identity), cancel);
        if (chunk.Late && chunk.Covers(run))
        {
            await ledger.FoundAsync(connection, run.RunId, chunk, await Reconciliation.ReadAsync(connection, library, parameters, cancel), cancel);
        }

        await updating.CommitAsync(CommitPatience, cancel);

        log.LogInformation(
            "Chunk {Chunk}: Updated {Rows} rows in {Seconds:F2} seconds", chunk.ChunkId, result.RowsConfirmed, result.Duration.TotalSeconds);
        log.LogInformation("Chunk {Chunk}: Throughput: {Rate:F1} rows/sec", chunk.ChunkId, result.RowsPerSecond);
        return result;
    }

    /// <summary>
    /// Processes a chunk and rolls it back, without a run, a fence or marks. The connection must not be used for anything else.
    /// </summary>
    public async Task<ChunkCounts> RehearseAsync(NpgsqlConnection connection, RunRow run, PlannedChunk chunk, CancellationToken cancel)
    {
        var library = await statements.GetAsync(cancel);
        var claimed = new ClaimedChunk(chunk.Id, 0, 0, chunk.From, chunk.To, chunk.Rows, chunk.Dates, chunk.Ssns, Round: 0);
        await using var rehearsal = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        var pairs = await PairsRelation.LockAsync(connection, library, settings, cancel);
        await connection.ExecuteAsync(library["chunk/rehearse"], cancel, settings.ChunkSession(run.Phase));
        var counts = await RecomputeAsync(connection, library, statements.Parameters(run, claimed, pairs), delta: null, late: false, cancel);
        counts.Require(run.RunId, chunk.Id, settings.ConflictSchema);
        await rehearsal.RollbackAsync(cancel);
        return counts;
    }

    /// <summary>
    /// Phase 1 of TwoPhase, in its own transaction, so that others can see which rows are held while the chunk is processed.
    /// </summary>
    private async Task<long> MarkAsync(
        NpgsqlConnection connection, SqlLibrary library, RunRow run, ClaimedChunk chunk, CancellationToken cancel)
    {
        await using var marking = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        var pairs = await PairsRelation.LockAsync(connection, library, settings, cancel);
        var writes = await PairWrites.LockAsync(connection, library, settings, chunk, cancel);
        await ledger.HoldAsync(connection, run, chunk, cancel);
        var (marked, stored) = (await connection.QueryAsync(
            library["task02/mark"], r => (r.Get<long>("rows"), r.Get<long>("stored")), cancel, statements.Parameters(run, chunk, pairs, writes.RowTriggers))).Single();
        if (stored != marked)
        {
            throw PairWrites.NotStored(run.RunId, chunk.ChunkId, settings.ConflictSchema, $"stored only {stored} of {marked} marks unchanged");
        }

        await writes.RequireAsync(connection, library, settings, run.RunId, chunk.ChunkId, marked, cancel);
        await ledger.MarkedAsync(connection, run.RunId, chunk, marked, cancel);
        await marking.CommitAsync(CommitPatience, cancel);
        log.LogInformation("Chunk {Chunk}: Marked {Rows} rows for processing", chunk.ChunkId, marked);
        return marked;
    }

    private static async Task<ChunkCounts> RecomputeAsync(
        NpgsqlConnection connection, SqlLibrary library, (string, object?)[] parameters, DeltaChunk? delta, bool late, CancellationToken cancel)
    {
        if (late)
        {
            // A late chunk does not have the size that the session's plans were made for.
            await connection.ExecuteAsync(library["task02/plan_anew"], cancel);
        }

        // Planning twenty joins takes as long as processing a thousand rows, so one plan serves all chunks of a session, which have about
        // the same size. The few rows that remain in a delta run get their own plan, which the server keeps apart because the statement's
        // text differs.
        var size = delta is { MostlyUnchanged: true } ? "-- few rows\n" : "";
        var stages = ChunkStage.All.Skip(delta is { Judged: true } ? 1 : 0).Select(s => size + s.Fill(library));
        await using var update = connection.Batch([.. stages, size + library["task02/update"]], parameters);
        // The server's limit applies to each statement. Together they may take longer.
        update.Timeout *= 2;
        await update.PrepareAsync(cancel);
        return await update.SingleAsync(ChunkCounts.Read, cancel);
    }

    /// <summary>After this time the server has ended a session whose commit did not arrive.</summary>
    private TimeSpan CommitPatience => TimeSpan.FromSeconds(settings.LeaseSeconds * 2);
}
