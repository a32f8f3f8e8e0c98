using CmEtl.Engine;

namespace CmEtl.Report.Tests;

/// <summary>
/// Fictitious runs as the ledger describes them. Chunks take about a second each and are assigned to the workers in turn.
/// </summary>
internal static class SampleRun
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 3, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan BeforeChunks = TimeSpan.FromSeconds(20);

    public static EtlReport Completed(int chunks = 40, int workers = 5) => Of(
        RunState.Completed, [.. Enumerable.Range(0, chunks).Select(i => Done(i, workers))], [Event(0, "run started", "new"), Event(90, "run completed", "")]);

    /// <summary>Chunk 7 took three attempts, chunk 11 failed, chunk 13 is quarantined.</summary>
    public static EtlReport Failed(int chunks = 40)
    {
        List<ChunkInfo> all = [.. Enumerable.Range(0, chunks).Select(i => Done(i, workers: 5))];
        all[7] = all[7] with { Attempt = 3 };
        all[11] = Ended(all[11], ChunkState.Failed, "P0001", "the server refused the statement (SqlState P0001)");
        all[13] = Ended(all[13], ChunkState.Quarantined, "22003", "a value does not fit (SqlState 22003)");
        return Of(
            RunState.Failed, all,
            [
                Event(0, "run started", "new"),
                Event(23, "chunk attempt ended", "deadlock with another session (SqlState 40P01)", chunk: 7, attempt: 1),
                Event(24, "chunk attempt ended", "deadlock with another session (SqlState 40P01)", chunk: 7, attempt: 2),
                Event(25, "chunk failed", "the server refused the statement (SqlState P0001)", chunk: 11, attempt: 1),
                Event(26, "chunk quarantined", "a value does not fit (SqlState 22003)", chunk: 13, attempt: 1),
                Event(90, "run failed", "2 chunks are not done"),
            ],
            "2 chunks are not done");
    }

    public static EtlReport Running()
    {
        List<ChunkInfo> all = [.. Enumerable.Range(0, 20).Select(i => Done(i, workers: 5))];
        all[17] = all[17] with { State = ChunkState.Processing, FinishedAt = null, Duration = null, LeaseUntil = Start.AddSeconds(60) };
        all[18] = all[17] with { ChunkId = 18, Stuck = true, LeaseUntil = Start.AddSeconds(26), Worker = "900-3" };
        all[19] = all[19] with { State = ChunkState.Pending, Attempt = 0, StartedAt = null, FinishedAt = null, Duration = null,
            Worker = "" };
        return Of(RunState.Running, all, [Event(0, "run started", "new")], "backing off to 2 of 5 workers: a replica is 2,000 MB behind") with { Alive = true };
    }

    public static EtlReport WithoutChunks() => Of(RunState.Failed, [], [Event(0, "run started", "new")], "the plan was not made") with { Task01At = null, PlannedAt = null };

    /// <summary>Stopped after ten chunks, resumed eight hours later, with thirty runs before it and a comparison.</summary>
    public static EtlReport Resumed()
    {
        List<ChunkInfo> all = [.. Enumerable.Range(0, 40).Select(i => Done(i, workers: 5))];
        all = [.. all.Select(c => c.ChunkId < 10 ? c : c with { StartedAt = c.StartedAt + Pause, FinishedAt = c.FinishedAt + Pause })];
        var report = Of(
            RunState.Completed, all,
            [
                Event(0, "run started", "new"), Event(23, "run stopped", "maintenance"), Event(21 + Pause.TotalSeconds, "run resumed", "resumed"),
                Event(90 + Pause.TotalSeconds, "run completed", ""),
            ]);
        var nights = Enumerable.Range(0, 29).Select(i => report.Status with
        {
            RunId = $"night-{i:00}", StartedAt = Start.AddDays(i - 29), Elapsed = TimeSpan.FromMinutes(40 + (i * 7 % 11)), State = i == 12
                ? RunState.Failed
                : RunState.Completed,
            RowsPlanned = 390_000 + (i * 1_000), RowsUnconfirmed = 60_000 + (i * 37 % 13 * 1_000),
        });
        return report with
        {
            Host = "db1.example.org", Settings = [new RunSetting("mark_mode", "SinglePass"), new RunSetting("max_concurrency", "8")],
            History = [.. nights, report.Status], Changes = [.. Changes()],
        };
    }

    public static readonly TimeSpan Pause = TimeSpan.FromHours(8);

    private static IEnumerable<RunChange> Changes()
    {
        (string Name, long Rows)[] totals = [("rows before", 400_000), ("rows now", 400_010), ("rows in both", 399_990), ("rows changed", 12_345)];
        string[] columns = ["ConOffice", "BilledHours", "MinuteDiffBetweenSch"];
        return totals.Select(t => Change(ChangeKind.Total, t.Name, t.Rows))
            .Concat(columns.Select((c, i) => Change(ChangeKind.Column, c, 9_000 - (i * 1_000))))
            .Append(Change(ChangeKind.FlagSet, "DistanceFlag", 812)).Append(Change(ChangeKind.Suspicious, "DistanceMilesFromLatLng is negative", 4))
            .Concat(Enumerable.Range(0, 14).SelectMany(i => new[] { ChangeKind.New, ChangeKind.Unconfirmed }.Select(k =>
                Change(k, "", 20 + i) with { VisitDate = new DateOnly(2026, 2, 1).AddDays(i), Agency = $"Agency {i:00} Home Care of the North Shore" })));
    }

    private static RunChange Change(ChangeKind kind, string name, long rows) => new() { RunId = "20260301-030000-abcdef", Kind = kind, Name = name, Rows = rows };

    private static EtlReport Of(RunState state, List<ChunkInfo> chunks, EtlEvent[] events, string reason = "")
    {
        var done = chunks.Where(c => c.State == ChunkState.Done).ToList();
        var end = chunks.Max(c => c.FinishedAt) ?? Start.AddSeconds(30);
        return new EtlReport
        {
            Status = new EtlStatus
            {
                RunId = "20260301-030000-abcdef", State = state, Step = EtlStep.Chunks, Reason = reason, Phase = Phase.Chunked,
                WindowFrom = new DateOnly(2024, 3, 1), WindowTo = new DateOnly(2026, 3, 31), StartedAt = Start,
                FinishedAt = state == RunState.Running ? null : end, Elapsed = end - Start,
                ChunksTotal = chunks.Count, ChunksDone = done.Count, ChunksProcessing = chunks.Count(c => c.State == ChunkState.Processing),
                ChunksPending = chunks.Count(c => c.State == ChunkState.Pending), ChunksStuck = chunks.Count(c => c.Stuck),
                ChunksFailed = chunks.Count(c => c.State is ChunkState.Failed or ChunkState.Quarantined),
                RowsPlanned = chunks.Sum(c => c.EstimatedRows), RowsConfirmed = done.Sum(c => c.RowsConfirmed),
                RowsUnconfirmed = done.Sum(c => c.RowsUnconfirmed), RowsDeferred = done.Sum(c => c.RowsDeferred),
                RowsLocked = chunks.Where(c => c.State != ChunkState.Done).Sum(c => c.EstimatedRows),
                RowsMissed = state == RunState.Completed ? 3 : null, PercentComplete = 97.5, SweepSafe = state == RunState.Completed,
            },
            Chunks = chunks,
            Events = events,
            ReadAt = state == RunState.Running ? Start.AddSeconds(30) : end.AddMinutes(1),
            Database = "cm",
            ServerVersion = "17.2",
            ConflictSchema = "conflict",
            TimeZone = "UTC",
            SettingsHash = "0123456789abcdef",
            SqlHash = "fedcba9876543210",
            Starts = 1,
            Task01At = Start.AddSeconds(15),
            PlannedAt = Start + BeforeChunks,
            ResumableUntil = Start.AddHours(20),
            NewestRunId = "20260301-030000-abcdef",
        };
    }

    private static ChunkInfo Done(int id, int workers)
    {
        var from = Start + BeforeChunks + TimeSpan.FromSeconds(id / workers);
        var duration = TimeSpan.FromMilliseconds(700 + (id * 37 % 290));
        return new ChunkInfo
        {
            RunId = "20260301-030000-abcdef", ChunkId = id, State = ChunkState.Done, EstimatedRows = 10_000, Keys = 900, Dates = 3, Ssns = 700,
            FromDate = new DateOnly(2025, 1, 1).AddDays(id % 300), ToDate = new DateOnly(2025, 1, 3).AddDays(id % 300), Attempt = 1,
            Worker = $"900-{id % workers}",
            RowsClaimed = 10_000, RowsConfirmed = 8_000, RowsUnconfirmed = 1_800, RowsDeferred = 200, StartedAt = from,
            FinishedAt = from + duration, Duration = duration,
        };
    }

    private static ChunkInfo Ended(ChunkInfo chunk, ChunkState state, string sqlState, string error) => chunk with
    {
        State = state, SqlState = sqlState, Error = error, RowsConfirmed = 0, RowsUnconfirmed = 0, RowsDeferred = 0,
    };

    private static EtlEvent Event(double seconds, string kind, string reason, int? chunk = null, int? attempt = null) => new()
    {
        At = Start.AddSeconds(seconds), Kind = kind, Reason = reason, ChunkId = chunk, Attempt = attempt, Actor = "cm_worker",
    };
}
