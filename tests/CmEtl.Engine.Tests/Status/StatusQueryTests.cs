using System.Globalization;

namespace CmEtl.Engine.Tests.Status;

/// <summary>Runs the queries of sql/status with psql.</summary>
public sealed class StatusQueryTests(FinishedRun run) : IClassFixture<FinishedRun>
{
    private const string ProcessingStatus = "sql/status/check_processing_status.sql";

    [PsqlFact]
    public void After_a_run_table_and_ledger_agree()
    {
        var lines = Psql.Run(run.Sandbox, ProcessingStatus);

        var s = run.Status;
        Assert.Equal(
            [
                ("locked", 0), ("unconfirmed", s.RowsUnconfirmed), ("deferred", s.RowsDeferred), ("completed", s.RowsConfirmed),
                ("pending", 0), ("missed", 0),
            ],
            lines.Select(l => (l[1], Number(l[2]))));
        Assert.All(lines, l => Assert.Equal((s.RunId, l[2]), (l[0], l[3])));
        Assert.True(s.RowsUnconfirmed > 0 && s.RowsDeferred > 0, "The world has no leftovers to tell apart.");
    }

    [PsqlFact]
    public void After_a_run_nothing_is_stuck_and_sweeping_is_safe()
    {
        Assert.Empty(Psql.Run(run.Sandbox, "sql/status/stuck_chunks.sql"));
        var safe = Assert.Single(Psql.Run(run.Sandbox, "sql/status/sweep_safe.sql"));

        Assert.Equal([run.Status.RunId, "completed", "t"], safe.Take(3));
        Assert.Equal(run.Status.RowsUnconfirmed + run.Status.RowsDeferred, Number(safe[4]));
    }

    [PsqlFact]
    public void Recent_completions_are_the_chunks_of_the_run()
    {
        var lines = Psql.Run(run.Sandbox, "sql/status/recent_completions.sql").TakeWhile(l => l[0] == run.Status.RunId).ToList();

        Assert.Equal(run.Status.ChunksTotal, lines.Count);
        Assert.Equal(run.Status.RowsConfirmed, lines.Sum(l => Number(l[5])));
        Assert.Equal(run.Status.RowsConfirmed, Number(lines[^1][8]));
    }

    [PsqlFact]
    public async Task A_chunk_whose_worker_died_is_stuck_and_its_marks_are_locked()
    {
        await run.ExecuteAsync("""
            CREATE TABLE public.newest AS SELECT run_id, state FROM cm_etl.run ORDER BY started_at DESC LIMIT 1;
            CREATE TABLE public.kept AS SELECT c.* FROM cm_etl.chunk AS c JOIN public.newest USING (run_id) WHERE chunk_id = 1;
            UPDATE cm_etl.run SET state = 'stopped' WHERE run_id = (SELECT run_id FROM public.newest);
            UPDATE cm_etl.chunk SET state = 'processing', lease_until = now() - interval '1 minute', finished_at = NULL
             WHERE chunk_id = 1 AND run_id = (SELECT run_id FROM public.newest)
            """);
        try
        {
            var stuck = Assert.Single(Psql.Run(run.Sandbox, "sql/status/stuck_chunks.sql"));
            var lines = Psql.Run(run.Sandbox, ProcessingStatus).ToDictionary(l => l[1], l => Number(l[2]));
            var safe = Assert.Single(Psql.Run(run.Sandbox, "sql/status/sweep_safe.sql"));

            Assert.Equal((run.Status.RunId, "1", "stuck"), (stuck[0], stuck[1], stuck[2]));
            Assert.True(Number(stuck[6]) > 0, "The chunk has no leftovers to be held.");
            Assert.Equal(Number(stuck[6]), lines["locked"]);
            Assert.Equal(run.Status.RowsUnconfirmed + run.Status.RowsDeferred, lines["locked"] + lines["unconfirmed"] + lines["deferred"]);
            Assert.Equal("f", safe[2]);
        }
        finally
        {
            await run.ExecuteAsync("""
                UPDATE cm_etl.run AS r SET state = n.state FROM public.newest AS n WHERE r.run_id = n.run_id;
                UPDATE cm_etl.chunk AS c SET state = k.state, lease_until = k.lease_until, finished_at = k.finished_at
                  FROM public.kept AS k WHERE c.run_id = k.run_id AND c.chunk_id = k.chunk_id;
                DROP TABLE public.kept, public.newest
                """);
        }
    }

    [PsqlFact]
    public void A_chunk_by_hand_has_the_counts_of_the_worker()
    {
        var counts = Psql.Run(run.Sandbox, "sql/task02/chunk_by_hand.psql", $"run_id={run.Status.RunId}", "chunk_id=1").Single(l => l.Length == 17);
        var done = Psql.Run(run.Sandbox, "sql/status/chunks.sql", $"run_id={run.Status.RunId}").Single(l => l[1] == "1");

        // chunk_status: rows_claimed, rows_confirmed, rows_unchanged, rows_unconfirmed, rows_deferred, gps_rejects, width_cuts
        Assert.Equal((done[15], done[16], done[18], done[19], done[20], done[21]), (counts[0], counts[2], counts[4], counts[1], counts[14], counts[13]));
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
