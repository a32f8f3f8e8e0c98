namespace CmEtl.Engine.Tests.Engine;

/// <summary>Plans on PostgreSQL: every row of the window is in exactly one chunk, whatever its key.</summary>
[Collection(EngineTestGroup.Name)]
public sealed class PlannerTests(EngineServer server)
{
    // Keys that are difficult for collations, quoting and trimming, one very heavy key, and rows at and outside the borders of the window.
    private const string Awkward =
        """
        INSERT INTO conflict.conflictvisitmaps ("CONFLICTID", "SSN", "VisitDate")
        SELECT 1, ssn, current_date - day
          FROM unnest(ARRAY[NULL, '', ' ', '1', '1 ', ' 1', '1''', 'a', 'A', 'ä', 'Ł', '李', 'ß', 'zz', '-', '''', '"', '\', '%', E'\t']) AS ssn,
               generate_series(0, 4) AS day, generate_series(1, 2) AS twice
        UNION ALL
        SELECT 1, 'heavy', current_date - 3 FROM generate_series(1, 700)
        UNION ALL
        SELECT 1, 'border', d FROM unnest(ARRAY[
          (current_date - interval '2 years')::date, (current_date - interval '2 years')::date - 1, current_date + 30, current_date + 31, NULL]) AS d
        UNION ALL
        SELECT NULL, 'no conflict', current_date - 3;
        """;

    [Theory]
    [InlineData(40, 100, 1_000)]
    [InlineData(40, 100, 3)]
    [InlineData(1, 1, 1)]
    [InlineData(10_000, 50_000, 1_000)]
    public async Task Every_row_of_the_window_is_in_exactly_one_chunk(int target, int max, int keys)
    {
        await using var database = await server.CopyAsync();
        // When every row is a chunk of its own, a tenth of the generated rows is enough.
        await database.ExecuteAsync("DELETE FROM conflict.conflictvisitmaps WHERE \"ID\" % 10 <> 0");
        await database.ExecuteAsync(Awkward);
        await PlanAsync(database, s => s with { TargetChunkSize = target, MaxChunkSize = max, MaxKeysPerChunk = keys });

        var wrong = await database.ReadAsync<long>(
            $"""
            SELECT count(*) FROM (
              SELECT count(k.chunk_id) FROM conflict.conflictvisitmaps AS c
                CROSS JOIN cm_etl.run AS r LEFT JOIN cm_etl.chunk AS k ON {ChunkRange.Holds}
               GROUP BY c."ID", c."CONFLICTID", c."VisitDate", r.window_from, r.window_to
              HAVING count(k.chunk_id) <> (c."CONFLICTID" IS NOT NULL AND coalesce(c."VisitDate" BETWEEN r.window_from AND r.window_to, false))::integer)
              AS rows
            """);
        Assert.Equal(0, wrong);
        Assert.Equal(0, await database.ReadAsync<long>(
            $"""
            SELECT count(*)
              FROM cm_etl.chunk AS k
             CROSS JOIN LATERAL (
                   SELECT count(*) AS n, count(DISTINCT ("VisitDate", coalesce("SSN", ''))) AS keys, count(DISTINCT "VisitDate") AS dates,
                          count(DISTINCT coalesce("SSN", '')) AS ssns
                     FROM conflict.conflictvisitmaps AS c WHERE {ChunkRange.Holds}) AS a
             WHERE (k.estimated_rows, k.keys, k.dates, k.ssns) IS DISTINCT FROM (a.n, a.keys, a.dates, a.ssns) OR a.n > {max} OR a.keys > {keys}
            """));
        Assert.Equal(target < 700, await database.ReadAsync<bool>("SELECT bool_or(split_key) FROM cm_etl.chunk"));
    }

    [Theory]
    [InlineData("DELETE FROM cm_etl.chunk WHERE chunk_id = 2")]
    [InlineData("DELETE FROM cm_etl.chunk WHERE chunk_id = 0")]
    [InlineData("DELETE FROM cm_etl.chunk WHERE chunk_id = (SELECT max(chunk_id) FROM cm_etl.chunk)")]
    [InlineData("UPDATE cm_etl.chunk SET to_id = to_id + 1 WHERE chunk_id = 2")]
    [InlineData("UPDATE cm_etl.chunk SET to_ssn = to_ssn || 'x' WHERE chunk_id = 1")]
    [InlineData("UPDATE cm_etl.chunk SET from_date = from_date + 1 WHERE chunk_id = 0")]
    [InlineData("UPDATE cm_etl.chunk SET to_date = to_date - 1 WHERE chunk_id = (SELECT max(chunk_id) FROM cm_etl.chunk)")]
    public async Task A_run_over_a_damaged_plan_fails(string damage)
    {
        await using var database = await server.CopyAsync();
        await PlanAsync(database, s => s);
        await database.ExecuteAsync(damage);
        var failed = await database.RunAsync();
        Assert.Equal((RunState.Failed, false), (failed.State, failed.SweepSafe));
        Assert.Contains("is damaged: its chunks", failed.Reason, StringComparison.Ordinal);
        Assert.Contains("makes a new plan", failed.Reason, StringComparison.Ordinal);
        Assert.NotEqual(failed.RunId, (await database.CompleteAsync(new StartRequest { New = true })).RunId);
    }

    [Fact]
    public async Task A_preview_is_the_later_plan_and_writes_nothing()
    {
        await using var database = await server.CopyAsync();
        var preview = await database.Engine().PreviewPlanAsync(Phase.Chunked, CancellationToken.None);
        Assert.Equal(0, await database.ReadAsync<long>("SELECT (SELECT count(*) FROM cm_etl.run) + (SELECT count(*) FROM cm_etl.chunk)"));
        Assert.Single(await database.Engine().PreviewPlanAsync(Phase.Sequential, CancellationToken.None));
        await database.CompleteAsync();
        var plan = await database.Engine().GetChunksAsync(null, CancellationToken.None);
        Assert.Equal(preview.Select(Shape), plan.Select(Shape));

        static object Shape(ChunkInfo c) => (c.ChunkId, c.EstimatedRows, c.Keys, c.Dates, c.Ssns, c.FromDate, c.ToDate, c.SplitKey);
    }

    [Fact]
    public async Task A_window_without_rows_is_a_completed_run()
    {
        await using var database = await server.CopyAsync();
        await database.ExecuteAsync("DELETE FROM conflict.conflictvisitmaps");
        var status = await database.CompleteAsync();
        Assert.Equal((0L, 0L, EtlStep.Finished, 100.0), (status.ChunksTotal, status.RowsPlanned, status.Step, status.PercentComplete));
    }

    // A run that stops as soon as it has its plan.
    private static async Task PlanAsync(EngineDatabase database, Func<EtlSettings, EtlSettings> sizes)
    {
        await database.ExecuteAsync(
            """
            CREATE FUNCTION public.halt() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN NEW.stop_requested_at := clock_timestamp(); RETURN NEW; END $$;
            CREATE TRIGGER halt BEFORE UPDATE OF planned_at ON cm_etl.run FOR EACH ROW EXECUTE FUNCTION public.halt();
            """);
        var status = await database.RunAsync(change: sizes);
        Assert.Equal((RunState.Stopped, 0L), (status.State, status.ChunksDone));
        await database.ExecuteAsync("DROP FUNCTION public.halt() CASCADE");
    }
}
