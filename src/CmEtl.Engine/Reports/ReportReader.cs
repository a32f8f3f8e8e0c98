using System.Data;
using Npgsql;

namespace CmEtl.Engine;

/// <summary>Reads a run, its chunks and its events as of one point in time, so that their counts agree while the run proceeds.</summary>
internal sealed class ReportReader(EtlSettings settings, Database database, SqlLibrary sql, EventReader eventReader)
{
    private const int HistoryRuns = 30;

    public async Task<EtlReport> ReadAsync(string runId, CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        var run = await connection.QueryAsync(sql["status/runs"], StatusReader.ReadRun, cancel, ("run_ids", new[] { runId }));
        var chunks = await connection.QueryAsync(sql["status/chunks"], StatusReader.ReadChunk, cancel, ("run_id", runId));
        var events = await eventReader.ReadAsync(connection, new EventQuery { RunId = runId }, 0, cancel);
        var history = await connection.QueryAsync(sql["report/history"], StatusReader.ReadRun, cancel, ("run_id", runId), ("limit", HistoryRuns));
        var reports = await connection.QueryAsync(
            sql["report/run"], r => Read(r, run.Single(), chunks, events, history), cancel,
            ("run_id", runId), ("resume_max_age_hours", settings.ResumeMaxAgeHours));
        return reports.Single();
    }

    private EtlReport Read(NpgsqlDataReader r, EtlStatus run, List<ChunkInfo> chunks, List<EtlEvent> events, List<EtlStatus> history) =>
        new()
    {
        Status = run,
        Chunks = chunks,
        Events = events,
        History = history,
        Settings = [.. r.Get<string[]>("setting_names").Zip(r.Get<string[]>("setting_values"), (name, value) => new RunSetting(name, value))],
        Host = settings.Host,
        ReadAt = r.Get<DateTimeOffset>("read_at"),
        Database = settings.Database,
        ServerVersion = r.Get<string>("server_version"),
        ConflictSchema = r.Get<string>("conflict_schema"),
        TimeZone = r.Get<string>("time_zone"),
        SettingsHash = r.Get<string>("settings_hash"),
        SqlHash = r.Get<string>("sql_hash"),
        Starts = r.Get<int>("attempt"),
        Task01At = r.GetOrNull<DateTimeOffset>("task01_at"),
        PlannedAt = r.GetOrNull<DateTimeOffset>("planned_at"),
        Delta = r.Get<bool>("delta"),
        ResumableUntil = r.Get<DateTimeOffset>("resumable_until"),
        Alive = r.Get<bool>("alive"),
        NewestRunId = r.Get<string>("newest_run_id"),
    };
}
