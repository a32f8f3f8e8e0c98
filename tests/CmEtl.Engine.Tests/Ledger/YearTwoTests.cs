using System.Text.Json;
using System.Text.RegularExpressions;
using CmEtl.Engine.Tests.Engine;

namespace CmEtl.Engine.Tests.Ledger;

/// <summary>
/// The ledger contains a year of runs. Queries of the newest runs read those and not the whole year. This is measured in rows that the
/// scans of the plan visit, which does not depend on the machine.
/// </summary>
[Collection(EngineTestGroup.Name)]
public sealed partial class YearTwoTests(EngineServer server)
{
    private const int Runs = 365;
    private const int Chunks = 40;

    /// <summary>A status reads the chunks of a run for the sums, for the rate, and for live workers.</summary>
    private const int LooksPerRun = 4;

    [Theory]
    [InlineData("docs/operations.md", 1)]
    [InlineData("status/runs", 1)]
    [InlineData("status/recent_runs", 5)]
    [InlineData("status/chunks", 1)]
    [InlineData("status/check_processing_status", 1)]
    [InlineData("status/recent_completions", 2)]
    [InlineData("status/stuck_chunks", 1)]
    [InlineData("status/sweep_safe", 1)]
    [InlineData("run/newest", 0)]
    [InlineData("run/newest_unfinished", 1)]
    [InlineData("run/read", 0)]
    [InlineData("run/base", 2)]
    [InlineData("run/may_release", 0)]
    [InlineData("chunk/reset_candidates", 1)]
    [InlineData("chunk/next_due", 1)]
    [InlineData("report/run", 1)]
    [InlineData("status/events", 1)]
    [InlineData("checks/ledger_in_use", 1)]
    public async Task A_statement_reads_the_runs_that_it_answers_for(string statement, int runs)
    {
        await using var database = await server.CopyAfterAsync("year_two", FillAsync);
        var parts = new EngineInternals(database.Owner);
        await using var own = parts.Database;
        var sql = statement.EndsWith(".md", StringComparison.Ordinal) ? DocumentedQuery(statement) : parts.Sql[statement];
        (string, object?)[] parameters =
        [
            ("conflict_schema", "conflict"), ("conflict", "conflict"), ("limit", 5), ("run_ids", new[] { "night-000" }), ("run_id", "night-000"),
            ("leader", ""), ("attempt", 1), ("settings_hash", "settings"), ("sql_hash", "sql"), ("all_chunks", true), ("chunk_ids", Array.Empty<int>()),
            ("force", false), ("older_than_seconds", 0.0), ("resume_max_age_hours", 20), ("ledger_schema", "cm_etl"), ("since", DBNull.Value), ("after", 0L),
        ];

        await using var connection = await own.OpenAsync(CancellationToken.None);
        var plan = (await connection.QueryAsync(
            "EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) " + sql, r => r.GetString(0), CancellationToken.None,
            [.. parameters.Where(p => Regex.IsMatch(sql, $@"@{p.Item1}\b"))])).Single();
        using var json = JsonDocument.Parse(plan);

        var read = Nodes(json.RootElement[0].GetProperty("Plan")).Where(n => Text(n, "Relation Name") is "chunk" or "event").Sum(Visited);
        Assert.True(read <= runs * Chunks * LooksPerRun, $"{statement} reads {read} rows of {Runs * Chunks}:\n{plan}");
    }

    /// <summary>The query that the documentation recommends to run every minute.</summary>
    private static string DocumentedQuery(string page) =>
        Monitor().Match(File.ReadAllText(Path.Combine(Repository.Root, page))).Groups["sql"].Value is { Length: > 0 } sql
            ? sql
            : throw new InvalidOperationException(page);

    private static IEnumerable<JsonElement> Nodes(JsonElement node) =>
        node.TryGetProperty("Plans", out var plans) ? plans.EnumerateArray().SelectMany(Nodes).Prepend(node) : [node];

    private static double Visited(JsonElement node) => Number(node, "Actual Loops")
        * (Number(node, "Actual Rows") + Number(node, "Rows Removed by Filter") + Number(node, "Rows Removed by Index Recheck"));

    private static double Number(JsonElement node, string name) => node.TryGetProperty(name, out var value) ? value.GetDouble() : 0;

    private static string? Text(JsonElement node, string name) => node.TryGetProperty(name, out var value) ? value.GetString() : null;

    /// <summary>One run per night. The last one has lost its workers.</summary>
    private static async Task FillAsync(EngineDatabase database)
    {
        await database.ExecuteAsync($$"""
            INSERT INTO cm_etl.run (run_id, conflict_schema, state, phase, mark_mode, window_from, window_to, time_zone, settings_hash, sql_hash, lease_until,
                                    started_at, finished_at, task01_at, planned_at, planned_rows, planned_chunks, rows_missed, baseline)
            SELECT 'night-' || to_char(d, 'FM000'), 'conflict', CASE d WHEN 0 THEN 'running' ELSE 'completed' END, 'chunked', 'singlepass',
                   current_date - 730, current_date + 45, 'UTC', 'settings', 'sql', t.started, t.started, CASE WHEN d > 0 THEN t.started + interval '20 minutes' END,
                   t.started, t.started, 2000 * {{Chunks}}, {{Chunks}}, 0, pg_current_xact_id()
              FROM generate_series(0, {{Runs}} - 1) AS d
             CROSS JOIN LATERAL (SELECT now() - d * interval '1 day' - interval '2 hours' AS started) AS t;
            INSERT INTO cm_etl.chunk (run_id, chunk_id, from_date, from_ssn, from_id, to_date, to_ssn, to_id, first_date, last_date, estimated_rows, keys, dates,
                                      ssns, split_key, state, attempt, worker, lease_until, rows_claimed, rows_confirmed, rows_unconfirmed, started_at, finished_at, xid, versions)
            SELECT r.run_id, c, current_date - c, '', c, current_date - c, '', c + 1, current_date - c, current_date - c, 2000, 900, 1,
                   900, false, CASE WHEN r.state = 'running' AND c > 20 THEN 'processing' ELSE 'done' END, 1, 'worker', r.started_at, 2000, 1900, 100,
                   r.started_at, CASE WHEN r.state = 'completed' OR c <= 20 THEN r.started_at + c * interval '10 seconds' END, pg_current_xact_id(), '{"reference": "1"}'
              FROM cm_etl.run AS r, generate_series(0, {{Chunks}} - 1) AS c;
            INSERT INTO cm_etl.event (run_id, chunk_id, attempt, kind, rows) SELECT run_id, chunk_id, 1, 'done', 2000 FROM cm_etl.chunk;
            """);
        await database.ExecuteAsync("VACUUM (ANALYZE) cm_etl.run, cm_etl.chunk, cm_etl.event");
    }

    [GeneratedRegex(@"```sql\s+(?<sql>SELECT run_id, state, reason,[^;]+);")]
    private static partial Regex Monitor();
}
