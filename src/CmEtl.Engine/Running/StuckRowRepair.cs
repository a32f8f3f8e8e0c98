using Microsoft.Extensions.Logging;
using Npgsql;

namespace CmEtl.Engine;

/// <summary>Releases marks and resets chunks, chunk by chunk, each in one transaction with its new fence and an event.</summary>
internal sealed class StuckRowRepair(RunLedger runs, WorkerSessions sessions, Database database, SqlLibrary sql, ChunkStatements statements,
    ILogger log)
{
    /// <summary>What a reset would change. Changes nothing itself.</summary>
    public async Task<IReadOnlyList<ResetResult>> PreviewAsync(ResetRequest request, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        var results = new List<ResetResult>();
        foreach (var c in await CandidatesAsync(connection, request, cancel))
        {
            var marks = (await connection.QueryAsync(
                sql["chunk/count_marks"], r => r.GetInt64(0), cancel, ("run_id", c.RunId), ("chunk_id", c.ChunkId))).Single();
            results.Add(c.ToResult(marks, reset: false));
        }

        return results;
    }

    /// <summary>Resets the chunks.</summary>
    public async Task<IReadOnlyList<ResetResult>> ResetAsync(ResetRequest request, CancellationToken cancel)
    {
        PlainText.RequireReason(request.Reason);
        await using var connection = await database.OpenAsync(cancel);
        var candidates = await CandidatesAsync(connection, request, cancel);
        if (candidates.FirstOrDefault(c => c.Live) is { } live && !request.Force)
        {
            throw new CmEtlException(
                ErrorKind.Busy, ErrorIds.LeaseLive, $"Chunk {live.ChunkId} of run {live.RunId} is being processed, and its lease is valid until {live.LeaseUntil:u}. Nothing was reset.",
                "Wait until the lease has expired, or force the reset, which ends the session of its worker.") { Subject = $"{live.RunId}/{live.ChunkId}" };
        }

        var results = new List<ResetResult>();
        foreach (var c in candidates)
        {
            if (await ResetAsync(connection, c, request, cancel) is { } released)
            {
                results.Add(c.ToResult(released, reset: true));
            }
        }

        return results;
    }

    /// <summary>
    /// Releases every mark in the unfinished chunks of an abandoned run, as long as no other run works on those rows. Marks that are set
    /// after another run was begun or taken over belong to that run.
    /// </summary>
    /// <param name="runId">The abandoned run.</param>
    /// <param name="leader">The run that replaces it, or null if no run does.</param>
    /// <param name="cancel">Stops the call.</param>
    public async Task ReleaseRunAsync(string runId, RunRow? leader, CancellationToken cancel)
    {
        var library = await statements.GetAsync(cancel);
        await using var connection = await database.OpenAsync(cancel);
        var bounds = await connection.QueryAsync(
            sql["chunk/open_bounds"], r => (From: ChunkLedger.ReadBound(r, "from"), To: ChunkLedger.ReadBound(r, "to")), cancel, ("run_id", runId));
        long released = 0;
        foreach (var (from, to) in bounds)
        {
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            if (!await runs.MayReleaseAsync(connection, runId, leader, cancel))
            {
                break;
            }

            released += await connection.ExecuteAsync(library["chunk/release"], cancel, ChunkStatements.Range(from, to));
            await transaction.CommitAsync(cancel);
        }

        await runs.EventAsync(connection, runId, "marks released", "run abandoned", cancel, rows: released);
        log.LogInformation("Run {Run} was abandoned: {Rows} marks of its unfinished chunks released", runId, released);
    }

    private async Task<long?> ResetAsync(NpgsqlConnection connection, Candidate c, ResetRequest request, CancellationToken cancel)
    {
        var library = await statements.GetAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await connection.ExecuteAsync(sql["run/fence_timeout"], cancel, ("lock_timeout", WorkerSessions.FenceTimeout));
        await runs.RefuseSupersededAsync(connection, c.RunId, cancel);
        var fence = connection.QueryAsync(
            sql["chunk/reset"], r => (Marked: r.Get<bool>("marked"), From: ChunkLedger.ReadBound(r, "from"), To: ChunkLedger.ReadBound(r, "to")), cancel,
            ("run_id", c.RunId), ("chunk_id", c.ChunkId), ("attempt", c.Attempt), ("force", request.Force));
        var bounds = await (request.Force ? sessions.EndWhileAsync(c.RunId, c.ChunkId, fence, cancel) : fence);
        if (bounds.Count == 0)
        {
            return null;
        }

        // Unless a marking transaction was committed, the marks in its range do not belong to the chunk. A late chunk marks in the
        // transaction that completes it.
        var released = !bounds[0].Marked
            ? 0
            : await connection.ExecuteAsync(library["chunk/release"], cancel, ChunkStatements.Range(bounds[0].From, bounds[0].To));
        await runs.EventAsync(connection, c.RunId, "chunk reset", request.Reason, cancel, c.ChunkId, released);
        await transaction.CommitAsync(cancel);
        log.LogInformation("Chunk {Chunk}: reset, {Rows} marks released", c.ChunkId, released);
        return released;
    }

    private async Task<List<Candidate>> CandidatesAsync(NpgsqlConnection connection, ResetRequest request, CancellationToken cancel)
    {
        var runId = await runs.ResolveAsync(request.RunId, cancel);
        await runs.ReadAsync(runId, cancel);
        await runs.RefuseSupersededAsync(connection, runId, cancel);
        return await connection.QueryAsync(
            sql["chunk/reset_candidates"],
            r => new Candidate(
                runId, r.Get<int>("chunk_id"), Enum.Parse<ChunkState>(r.Get<string>("state"), ignoreCase: true), r.Get<string>("worker"),
                r.GetOrNull<DateTimeOffset>("lease_until"), r.Get<int>("attempt"), r.Get<bool>("live")),
            cancel, ("run_id", runId), ("all_chunks", request.ChunkIds is null), ("chunk_ids", request.ChunkIds?.ToArray() ?? []),
            ("force", request.Force), ("older_than_seconds", request.OlderThan?.TotalSeconds ?? 0));
    }

    private sealed record Candidate(
        string RunId, int ChunkId, ChunkState State, string Worker, DateTimeOffset? LeaseUntil, int Attempt, bool Live)
    {
        public ResetResult ToResult(long rows, bool reset) => new(RunId, ChunkId, State, Worker, LeaseUntil, rows, reset);
    }
}
