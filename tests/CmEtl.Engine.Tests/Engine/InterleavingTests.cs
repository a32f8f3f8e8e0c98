using Npgsql;

namespace CmEtl.Engine.Tests.Engine;

/// <summary>
/// Tests every ordered pair of operations on a run: the first is held at its commit, the second runs until it ends or has to wait, then the
/// first commits. Afterwards the ledger must be as after one of the two orders.
/// </summary>
[Collection(AccountingTestGroup.Name)]
public sealed class InterleavingTests(EngineServer server)
{
    private const string Run = "tonight";

    private static readonly string[] Names = ["claim", "split", "reset", "stop", "abandon", "resume", "join"];

    public static TheoryData<string> First => [.. Names];

    [Theory]
    [MemberData(nameof(First))]
    public async Task No_pair_leaves_the_ledger_in_an_impossible_state(string first)
    {
        await using var database = await server.CopyAsync();
        await using var gate = await CommitGate.CreateAsync(database);
        await PlanAsync(database);
        foreach (var second in Names)
        {
            await SetUpAsync(database, first, second);
            await gate.CloseAsync();
            var held = Start(database, first);
            await gate.UntilHeldAsync(held);
            var other = Start(database, second);
            await gate.UntilBlockedOrDoneAsync(held, other);
            await gate.OpenAsync();
            string[] outcomes = [await held.WaitAsync(TimeSpan.FromMinutes(2)), await other.WaitAsync(TimeSpan.FromMinutes(2))];

            await RequireAsync(database, $"{first}, then {second}: {string.Join(", ", outcomes)}", first, second);
        }
    }

    private static async Task RequireAsync(EngineDatabase database, string pair, string first, string second)
    {
        await HoldsAsync("No chunk of a run that is over can be worked on.",
            "NOT EXISTS (SELECT FROM cm_etl.run r JOIN cm_etl.chunk c USING (run_id) WHERE r.state = 'abandoned' AND c.state <> 'done' AND (c.state <> 'pending' OR c.not_before IS DISTINCT FROM 'infinity'))");
        await HoldsAsync("The plan is whole.",
            """
            (SELECT count(*) = r.planned_chunks FROM cm_etl.chunk c WHERE c.run_id = r.run_id) AND NOT EXISTS (
              SELECT FROM (SELECT (from_date, from_ssn, from_id) AS f, lag((to_date, to_ssn, to_id)) OVER (ORDER BY from_date, from_ssn, from_id) AS t
                             FROM cm_etl.chunk) AS x WHERE t <> f)
            """);
        await HoldsAsync("No attempt is used twice.", "NOT EXISTS (SELECT FROM public.claims GROUP BY chunk_id, attempt HAVING count(*) > 1)");
        await HoldsAsync("A claim that is not the newest attempt has lost its chunk.",
            "NOT EXISTS (SELECT FROM public.claims k JOIN cm_etl.chunk c USING (chunk_id) WHERE k.attempt > c.attempt)");
        if (first == "stop" || second == "stop")
        {
            await HoldsAsync("A stop is not lost, but for a resume that came after it.",
                """
                r.state <> 'running' OR r.stop_requested_at IS NOT NULL
                OR EXISTS (SELECT FROM cm_etl.event s JOIN cm_etl.event e ON e.event_id > s.event_id AND e.kind = 'run resumed' WHERE s.kind = 'run stopped')
                """);
        }

        if (first == "abandon" || second == "abandon")
        {
            await HoldsAsync("An abandoned run stays abandoned.", "r.state = 'abandoned'");
        }

        async Task HoldsAsync(string rule, string condition) => Assert.True(
            await database.ReadAsync<bool>($"SELECT {condition} FROM cm_etl.run AS r"), $"{pair}. {rule}");
    }

    private static async Task PlanAsync(EngineDatabase database)
    {
        var engine = database.Engine();
        await engine.BeginAsync(new StartRequest { RunId = Run }, CancellationToken.None);
        await engine.PlanAsync(Run, CancellationToken.None);
        await database.ExecuteAsync(
            """
            CREATE TABLE public.claims (chunk_id integer, attempt integer);
            CREATE SCHEMA saved; CREATE TABLE saved.run AS TABLE cm_etl.run; CREATE TABLE saved.chunk AS TABLE cm_etl.chunk;
            ALTER TABLE saved.chunk DROP COLUMN cost;
            """);
    }

    /// <summary>
    /// Chunk 0 is being processed, chunk 1 failed, the others are pending. The leader is gone if one of the operations is a resume.
    /// </summary>
    private static async Task SetUpAsync(EngineDatabase database, string first, string second)
    {
        var columns = await database.ReadAsync<string>(
            "SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute WHERE attrelid = 'saved.chunk'::regclass AND attnum > 0 AND NOT attisdropped");
        var lease = first == "resume" || second == "resume" ? "- interval '1 minute'" : "+ interval '10 minutes'";
        await database.ExecuteAsync(
            $"""
            TRUNCATE cm_etl.run, cm_etl.chunk, cm_etl.event, public.claims;
            INSERT INTO cm_etl.run SELECT * FROM saved.run;
            INSERT INTO cm_etl.chunk ({columns}) SELECT {columns} FROM saved.chunk;
            UPDATE cm_etl.run SET lease_until = clock_timestamp() {lease};
            UPDATE cm_etl.chunk SET state = 'processing', attempt = 1, worker = 'w', lease_until = clock_timestamp() - interval '1 minute' WHERE chunk_id = 0;
            UPDATE cm_etl.chunk SET state = 'failed', attempt = 1 WHERE chunk_id = 1;
            """);
    }

    /// <returns>The outcome.</returns>
    private static async Task<string> Start(EngineDatabase database, string name)
    {
        var parts = new EngineInternals(database.Settings);
        await using var own = parts.Database;
        var cancel = CancellationToken.None;
        try
        {
            switch (name)
            {
                case "claim":
                    await using (var connection = await own.OpenAsync(cancel))
                    {
                        // The first chunk by cost may be any, so the one being processed is claimed by number.
                        var claimed = await parts.Chunks.ClaimOneAsync(connection, Run, 0, "claimer", cancel);
                        if (claimed is null)
                        {
                            return "nothing claimed";
                        }

                        await using var recorder = await database.ConnectAsync();
                        await new NpgsqlCommand($"INSERT INTO public.claims VALUES ({claimed.ChunkId}, {claimed.Attempt})", recorder).ExecuteNonQueryAsync();
                        return $"claimed {claimed.ChunkId} as {claimed.Attempt}";
                    }

                case "split":
                    var bound = new ChunkBound(default, "", 0);
                    await parts.Chunks.SplitAsync(Run, new ClaimedChunk(0, 1, 0, bound, bound, 0, 0, 0, 0), SplitLimit.BadRows, "57014",
                        "slow", cancel);
                    return "split";
                case "reset":
                    return $"reset {(await database.Engine().ResetAsync(new ResetRequest { RunId = Run, ChunkIds = [0, 1], Force = true }, cancel)).Count}";
                case "stop":
                    return (await database.Engine().StopAsync(Run, abandon: false, force: false, "", cancel)).State.ToString();
                case "abandon":
                    return (await database.Engine().StopAsync(Run, abandon: true, force: true, "", cancel)).State.ToString();
                default:
                    return (await parts.Runs.BeginAsync(new StartRequest { RunId = Run }, cancel)).Story;
            }
        }
        catch (CmEtlException error)
        {
            return error.ErrorId;
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.SerializationFailure)
        {
            return error.SqlState;
        }
    }
}
