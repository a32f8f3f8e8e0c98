using System.Text;
using CmEtl.Engine;
using Npgsql;

namespace CmEtl.Lambda.Tests;

/// <summary>The definitions on a states-language interpreter, over signed HTTP, calling the packed function on PostgreSQL.</summary>
[Collection(SharedServer.Name)]
public sealed class StateMachineTests(DataServer server)
{
    private const string Chunked = "etl_pipeline_phase2_chunked";
    private const string Distributed = "etl_pipeline_phase2_distributed";

    public static TheoryData<string, Phase> Machines => new()
    {
        { "etl_pipeline", Phase.Sequential }, { Chunked, Phase.Chunked }, { Distributed, Phase.Chunked },
    };

    [NodeTheory]
    [MemberData(nameof(Machines))]
    public async Task A_state_machine_leaves_the_table_that_a_run_in_process_leaves(string definition, Phase phase)
    {
        await using var bench = await MachineBench.StartAsync(server);

        var end = await bench.RunAsync(definition, "night-1");

        Assert.Equal(("SUCCEEDED", null), (end.Status.Value, end.Cause));
        Assert.Equal(await server.InProcessAsync(phase), await bench.World.TableAsync());
    }

    [NodeFact]
    public async Task The_distributed_machine_takes_every_chunk_from_the_manifest()
    {
        await using var bench = await MachineBench.StartAsync(server);

        var end = await bench.RunAsync(Distributed, "night-1");

        var chunks = await AttemptsAsync(bench.World);
        Assert.All(chunks, c => Assert.Equal(("done", 1), (c.State, c.Attempt)));
        var manifest = await bench.S3.ReadAsync(MachineBench.Bucket, "cmetl/manifest/night-1.json");
        Assert.Equal($"[{string.Join(',', chunks.Select(c => $$"""{"chunk_id":{{c.Chunk}}}"""))}]", Encoding.UTF8.GetString(manifest));
        var reply = bench.World.Host.Results.Select(r => r.Json).Single(r => r.TryGetProperty("manifest_bytes", out _));
        Assert.Equal((manifest.Length, chunks.Count, false),
            (reply.GetProperty("manifest_bytes").GetInt32(), reply.GetProperty("num_chunks").GetInt32(),
            reply.TryGetProperty("chunk_ids", out _)));

        var put = Assert.Single(bench.S3.Requests, r => r.Method == "PUT" && r.Path.EndsWith("/cmetl/manifest/night-1.json", StringComparison.Ordinal));
        Assert.Equal("AES256", put.Headers["x-amz-server-side-encryption"]);
        Assert.DoesNotContain(put.Headers.Keys, name => name.StartsWith("x-amz-meta-", StringComparison.Ordinal));
        Secrets.AssertAbsent(server, [Encoding.UTF8.GetString(manifest), .. put.Headers.Where(h => h.Key != "host").Select(h => h.Value)]);

        var run = Assert.Single((await bench.Client.ListMapRunsAsync(new() { ExecutionArn = end.ExecutionArn }, default)).MapRuns);
        var counts = (await bench.Client.DescribeMapRunAsync(new() { MapRunArn = run.MapRunArn }, default)).ItemCounts!;
        Assert.Equal((chunks.Count, chunks.Count), (counts.Total, counts.Succeeded));
    }

    [NodeTheory]
    [InlineData(Chunked)]
    [InlineData(Distributed)]
    public async Task A_chunk_that_fails_is_named_its_siblings_are_done_and_a_redrive_does_the_rest(string definition)
    {
        await using var bench = await MachineBench.StartAsync(server);
        // One row that cannot be written for a reason that does not lie in the row, so its chunk is not split to find it. The server's own
        // message contains an SSN.
        await ExecuteAsync(bench.World.Data, """
            CREATE FUNCTION conflict.refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''not %'', OLD."SSN" USING DETAIL = OLD."SSN", HINT = OLD."SSN"; END';
            DO $$ BEGIN EXECUTE format('CREATE TRIGGER refuse BEFORE UPDATE ON conflict.conflictvisitmaps FOR EACH ROW WHEN (OLD."ID" = %s) EXECUTE FUNCTION conflict.refuse()',
              (SELECT min("ID") FROM conflict.conflictvisitmaps WHERE "CONFLICTID" IS NOT NULL AND "VisitDate" BETWEEN current_date - 300 AND current_date AND length("SSN") = 9)); END $$
            """);

        var failed = await bench.RunAsync(definition, "night-2");

        Assert.Equal(("FAILED", "CmEtl.Permanent"), (failed.Status.Value, failed.Error));
        Assert.Contains("1 chunk is not done (chunk ", failed.Cause, StringComparison.Ordinal);
        // It failed, and no further round was started for it.
        Assert.Equal(1, await bench.EnteredAsync(failed.ExecutionArn, "GetTask02Chunks"));
        var attempts = await AttemptsAsync(bench.World);
        var broken = Assert.Single(attempts, a => a.State != "done");
        Assert.Contains($"(chunk {broken.Chunk}", failed.Cause, StringComparison.Ordinal);

        await ExecuteAsync(bench.World.Data, "DROP TRIGGER refuse ON conflict.conflictvisitmaps");
        var redriven = await bench.RedriveAsync(failed.ExecutionArn);

        Assert.Equal(("SUCCEEDED", null), (redriven.Status.Value, redriven.Cause));
        Assert.Equal(attempts.Where(a => a != broken), (await AttemptsAsync(bench.World)).Where(a => a.Chunk != broken.Chunk));
        Assert.Equal(await server.InProcessAsync(Phase.Chunked), await bench.World.TableAsync());
    }

    [NodeTheory]
    [MemberData(nameof(Machines))]
    public async Task A_run_that_is_not_plausible_fails_the_execution_until_it_is_approved(string definition, Phase phase)
    {
        await using var bench = await MachineBench.StartAsync(server, ("CMETL_MAX_UNCONFIRMED_PERCENT", "1"));

        var doubted = await bench.RunAsync(definition, "night-4");

        Assert.Equal(("FAILED", "CmEtl.Implausible"), (doubted.Status.Value, doubted.Error));
        Assert.Contains("(max_unconfirmed_percent = 1)", doubted.Cause, StringComparison.Ordinal);
        Assert.Contains("Approve-CmEtlRun -RunId night-4", doubted.Cause, StringComparison.Ordinal);
        Assert.Equal(await server.InProcessAsync(phase), await bench.World.TableAsync());
        var finishing = definition == "etl_pipeline" ? "ExecuteTask02" : "VerifyAllChunks";
        Assert.Equal(1, await bench.EnteredAsync(doubted.ExecutionArn, finishing));

        await using (var engine = bench.World.Engine())
        {
            await engine.ApproveAsync("night-4", "looked at it", CancellationToken.None);
        }

        var redriven = await bench.RedriveAsync(doubted.ExecutionArn);

        Assert.Equal(("SUCCEEDED", null), (redriven.Status.Value, redriven.Cause));
    }

    [NodeTheory]
    [InlineData(Chunked)]
    [InlineData(Distributed)]
    public async Task A_run_that_is_stopped_fails_the_execution_and_a_redrive_resumes_it(string definition)
    {
        await using var bench = await MachineBench.StartAsync(server);
        // As soon as it is planned, as if Stop-CmEtl had been used.
        await ExecuteAsync(bench.World.Data, """
            CREATE FUNCTION cm_etl.halt() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.stop_requested_at := clock_timestamp(); RETURN NEW; END';
            CREATE TRIGGER halt BEFORE UPDATE ON cm_etl.run FOR EACH ROW WHEN (OLD.planned_at IS NULL AND NEW.planned_at IS NOT NULL) EXECUTE FUNCTION cm_etl.halt();
            """);

        var stopped = await bench.RunAsync(definition, "night-5");
        await ExecuteAsync(bench.World.Data, "DROP FUNCTION cm_etl.halt() CASCADE");
        Assert.Equal(("FAILED", "CmEtl.Stopped"), (stopped.Status.Value, stopped.Error));
        Assert.All(await AttemptsAsync(bench.World), c => Assert.Equal(("pending", 0), (c.State, c.Attempt)));

        var redriven = await bench.RedriveAsync(stopped.ExecutionArn);

        Assert.Equal(("SUCCEEDED", null), (redriven.Status.Value, redriven.Cause));
        Assert.Equal(await server.InProcessAsync(Phase.Chunked), await bench.World.TableAsync());
    }

    [NodeFact]
    public async Task Stale_tables_fail_the_execution_before_a_run_is_begun()
    {
        await using var bench = await MachineBench.StartAsync(server, ("CMETL_FRESHNESS_QUERY", "SELECT clock_timestamp() - interval '30 hours'"));

        var end = await bench.RunAsync(Chunked, "night-6");

        Assert.Equal(("FAILED", "CmEtl.Stale"), (end.Status.Value, end.Error));
        Assert.Equal(1, await bench.EnteredAsync(end.ExecutionArn, "ValidateConfig"));
        Assert.Empty(await AttemptsAsync(bench.World));
    }

    [NodeTheory]
    [InlineData(Chunked)]
    [InlineData(Distributed)]
    public async Task Chunks_that_are_cut_while_they_are_in_work_are_all_done(string definition)
    {
        await using var bench = await MachineBench.StartAsync(server, ("CMETL_CHUNK_TIMEOUT_SECONDS", "1"));
        // With the planned size the first chunks exceed their time limit, but not after splits.
        await ExecuteAsync(bench.World.Data, """
            CREATE FUNCTION conflict.slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.02); RETURN NEW; END';
            DO $$ BEGIN EXECUTE format('CREATE TRIGGER slow BEFORE UPDATE ON conflict.conflictvisitmaps FOR EACH ROW WHEN (OLD."VisitDate" <= %L) EXECUTE FUNCTION conflict.slow()',
              (SELECT "VisitDate" FROM conflict.conflictvisitmaps WHERE "CONFLICTID" IS NOT NULL AND "VisitDate" > current_date - interval '2 years' ORDER BY "VisitDate" OFFSET 160 LIMIT 1)); END $$
            """);

        var end = await bench.RunAsync(definition, "night-3");

        Assert.Equal(("SUCCEEDED", null, 0), (end.Status.Value, end.Cause, end.RedriveCount));
        var plans = bench.World.Host.Results.Where(r => r.Text.Contains("total_rows", StringComparison.Ordinal)).Select(r => r.Json).ToList();
        var chunks = await AttemptsAsync(bench.World);
        var (first, last) = (plans[0].GetProperty("planned_chunks").GetInt32(), chunks.Count);
        Assert.True(first < last, $"{first} chunks were planned, {last} in the end");
        Assert.Equal(plans.Count, await bench.EnteredAsync(end.ExecutionArn, "GetTask02Chunks"));
        // An invocation processes the parts of its chunk itself. Parts for which it has no time are assigned in another round.
        Assert.InRange(plans.Count, 1, last - first + 1);
        Assert.All(plans.Skip(1), p => Assert.True(p.GetProperty("num_chunks").GetInt32() < p.GetProperty("planned_chunks").GetInt32()));
        Assert.All(chunks, c => Assert.Equal("done", c.State));
        await ExecuteAsync(bench.World.Data, "DROP TRIGGER slow ON conflict.conflictvisitmaps");
        Assert.Equal(await server.InProcessAsync(Phase.Chunked), await bench.World.TableAsync());
    }

    private static async Task<List<(int Chunk, string State, int Attempt)>> AttemptsAsync(World world) =>
    [
        .. (await DataServer.ReadAsync<string>(world.Data, "SELECT concat_ws(' ', chunk_id, state, attempt) FROM cm_etl.chunk ORDER BY chunk_id"))
            .Select(l => l.Split(' ')).Select(p => (int.Parse(p[0], null), p[1], int.Parse(p[2], null))),
    ];

    private static async Task ExecuteAsync(NpgsqlDataSource data, string sql)
    {
        await using var command = data.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
