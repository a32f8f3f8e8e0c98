using Npgsql;

namespace CmEtl.Engine;

/// <summary>Reads the ledger's views into public records.</summary>
internal sealed class StatusReader(EtlSettings settings, Database database, SqlLibrary sql)
{
    public async Task<EtlStatus> ReadAsync(string runId, CancellationToken cancel) =>
        (await database.QueryAsync(sql["status/runs"], ReadRun, cancel, ("run_ids", new[] { runId }))).SingleOrDefault()
        ?? throw new CmEtlException(
            ErrorKind.Permanent, ErrorIds.RunNotFound, $"There is no run {runId} in schema {settings.LedgerSchema}.",
            "Use the id of an existing run.") { Subject = runId };

    public async Task<IReadOnlyList<EtlStatus>> ReadRecentAsync(int limit, CancellationToken cancel) => await database.QueryAsync(
        sql["status/recent_runs"], ReadRun, cancel, ("conflict_schema", settings.ConflictSchema), ("limit", limit));

    public async Task<IReadOnlyList<ChunkInfo>> ReadChunksAsync(string runId, CancellationToken cancel) =>
        await database.QueryAsync(sql["status/chunks"], ReadChunk, cancel, ("run_id", runId));

    internal static EtlStatus ReadRun(NpgsqlDataReader r) => RowCounts.Read(new EtlStatus
    {
        RunId = r.Get<string>("run_id"),
        State = Enum.Parse<RunState>(r.Get<string>("state"), ignoreCase: true),
        Step = Enum.Parse<EtlStep>(r.Get<string>("step"), ignoreCase: true),
        Reason = r.Get<string>("reason"),
        Phase = Enum.Parse<Phase>(r.Get<string>("phase"), ignoreCase: true),
        MarkMode = Enum.Parse<MarkMode>(r.Get<string>("mark_mode"), ignoreCase: true),
        WindowFrom = r.Get<DateOnly>("window_from"),
        WindowTo = r.Get<DateOnly>("window_to"),
        DeltaOf = r.Get<string>("delta_of"),
        StartedAt = r.Get<DateTimeOffset>("started_at"),
        FinishedAt = r.GetOrNull<DateTimeOffset>("finished_at"),
        Elapsed = r.Get<TimeSpan>("elapsed"),
        ChunksTotal = r.Get<long>("chunks_total"),
        ChunksPending = r.Get<long>("chunks_pending"),
        ChunksProcessing = r.Get<long>("chunks_processing"),
        ChunksDone = r.Get<long>("chunks_done"),
        ChunksFailed = r.Get<long>("chunks_failed"),
        ChunksStuck = r.Get<long>("chunks_stuck"),
        RowsPlanned = r.Get<long>("rows_planned"),
        RowsLocked = r.Get<long>("rows_locked"),
        RowsPending = r.Get<long>("rows_pending"),
        RowsDrift = r.Get<long>("rows_drift"),
        RowsMissed = r.GetOrNull<long>("rows_missed"),
        RowsRecentlyCompleted = r.Get<long>("rows_recent"),
        RemindersAdded = r.GetOrNull<long>("reminders_added"),
        RemindersChanged = r.GetOrNull<long>("reminders_changed"),
        SnapshotRows = r.GetOrNull<long>("snapshot_rows"),
        RowsPerSecond = (double?)r.GetOrNull<decimal>("rows_per_second"),
        Eta = r.GetOrNull<TimeSpan>("eta"),
        PercentComplete = (double)r.Get<decimal>("percent_complete"),
        SweepSafe = r.Get<bool>("sweep_safe"),
        Implausible = r.Get<string>("implausible"),
        ApprovedAt = r.GetOrNull<DateTimeOffset>("approved_at"),
        ApprovedBy = r.Get<string>("approved_by"),
        ApprovedReason = r.Get<string>("approved_reason"),
        Leader = r.Get<string>("leader"),
        StopAt = r.GetOrNull<DateTimeOffset>("stop_at"),
        SuspendedAt = r.GetOrNull<DateTimeOffset>("suspended_at"),
        MaxConcurrency = r.GetOrNull<int>("max_concurrency"),
        HookFailure = r.Get<string>("hook_failure"),
    }, r);

    internal static ChunkInfo ReadChunk(NpgsqlDataReader r)
    {
        var duration = r.GetOrNull<TimeSpan>("duration");
        return RowCounts.Read(new ChunkInfo
        {
            RunId = r.Get<string>("run_id"),
            ChunkId = r.Get<int>("chunk_id"),
            State = r.Get<bool>("stuck") ? ChunkState.Stuck : Enum.Parse<ChunkState>(r.Get<string>("state"), ignoreCase: true),
            EstimatedRows = r.Get<long>("estimated_rows"),
            Keys = r.Get<int>("keys"),
            Dates = r.Get<int>("dates"),
            Ssns = r.Get<int>("ssns"),
            FromDate = r.Get<DateOnly>("first_date"),
            ToDate = r.Get<DateOnly>("last_date"),
            SplitKey = r.Get<bool>("split_key"),
            Attempt = r.Get<int>("attempt"),
            Failures = r.Get<int>("failures"),
            Worker = r.Get<string>("worker"),
            LeaseUntil = r.GetOrNull<DateTimeOffset>("lease_until"),
            Stuck = r.Get<bool>("stuck"),
            RowsClaimed = r.Get<long>("rows_claimed"),
            StartedAt = r.GetOrNull<DateTimeOffset>("started_at"),
            FinishedAt = r.GetOrNull<DateTimeOffset>("finished_at"),
            Duration = duration,
            RowsPerSecond = duration > TimeSpan.Zero ? r.Get<long>("rows_confirmed") / duration.Value.TotalSeconds : null,
            SqlState = r.Get<string>("sqlstate"),
            Error = r.Get<string>("error"),
        }, r);
    }
}
