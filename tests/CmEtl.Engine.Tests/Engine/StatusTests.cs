namespace CmEtl.Engine.Tests.Engine;

/// <summary>The numbers of the status.</summary>
[Collection(EngineTestGroup.Name)]
public sealed class StatusTests(EngineServer server)
{
    [Fact]
    public async Task A_verified_run_accounts_for_every_planned_row()
    {
        await using var database = await server.CopyAsync();
        var status = await database.CompleteAsync();
        Assert.Equal(status.RowsPlanned, status.RowsConfirmed + status.RowsUnconfirmed + status.RowsDeferred);
        Assert.Equal((0L, 0L, 0L, 0L, 100.0),
            (status.RowsLocked, status.RowsPending, status.RowsDrift, status.RowsMissed!.Value, status.PercentComplete));
        Assert.Equal((true, EtlStep.Finished, status.RowsConfirmed), (status.SweepSafe, status.Step, status.RowsRecentlyCompleted));
        Assert.Equal(status.RowsConfirmed, await database.ReadAsync<long>(
            "SELECT count(*) FROM conflict.conflictvisitmaps, cm_etl.run WHERE \"UpdatedDate\" >= started_at AT TIME ZONE 'UTC'"));
        Assert.Equal(status.RowsUnconfirmed + status.RowsDeferred, await database.ReadAsync<long>(
            """
            SELECT count(*) FROM conflict.conflictvisitmaps, cm_etl.run
             WHERE "UpdateFlag" = 1 AND "CONFLICTID" IS NOT NULL AND "VisitDate" BETWEEN window_from AND window_to
            """));
        Assert.Equal(
            $"({status.RowsPlanned},{status.RowsConfirmed},{status.RowsUnconfirmed},{status.RowsDeferred},{status.ChunksDone},{status.SnapshotRows})",
            await database.TextAsync("SELECT rows_planned, rows_confirmed, rows_unconfirmed, rows_deferred, chunks_done, snapshot_rows FROM cm_etl.run_status"));
        Assert.Equal(status with { Elapsed = default, Eta = null },
            (await database.Engine().GetRunsAsync(5, CancellationToken.None)).Single() with { Elapsed = default, Eta = null });
    }

    [Fact]
    public async Task A_row_that_comes_in_after_its_chunk_is_examined_in_a_further_pass()
    {
        await using var database = await server.CopyAsync();
        await BadRow.PlantAsync(database, "OLD.\"ID\" = 2");
        var failed = await database.RunAsync();
        Assert.Null(failed.RowsMissed);
        await BadRow.RemoveAsync(database);
        await database.ExecuteAsync(
            """
            INSERT INTO conflict.conflictvisitmaps ("CONFLICTID", "SSN", "VisitDate")
            SELECT 1, from_ssn, from_date FROM cm_etl.chunk WHERE state = 'done' AND from_ssn <> '' ORDER BY chunk_id LIMIT 1
            """);
        var status = await database.CompleteAsync();
        Assert.Equal((0L, 1L, status.RowsPlanned + 1),
            (status.RowsMissed!.Value, status.RowsDrift, status.RowsConfirmed + status.RowsUnconfirmed + status.RowsDeferred));
        Assert.Equal(1, await database.ReadAsync<long>("""SELECT count(*) FROM conflict.conflictvisitmaps WHERE "CONFLICTID" = 1 AND "VisitID" IS NULL AND "UpdateFlag" = 1"""));
    }

    [Fact]
    public async Task Rows_that_come_in_before_their_chunk_are_counted_as_drift()
    {
        await using var database = await server.CopyAsync();
        await BadRow.PlantAsync(database, "true");
        await database.RunAsync();
        await BadRow.RemoveAsync(database);
        await database.ExecuteAsync(
            """
            INSERT INTO conflict.conflictvisitmaps ("CONFLICTID", "SSN", "VisitDate")
            SELECT 1, from_ssn, from_date FROM cm_etl.chunk, generate_series(1, 3) WHERE state = 'failed' AND from_ssn <> '' AND chunk_id = 1
            """);
        var status = await database.CompleteAsync();
        Assert.Equal((3L, 0L), (status.RowsDrift, status.RowsMissed!.Value));
        Assert.Equal(status.RowsPlanned + 3, status.RowsConfirmed + status.RowsUnconfirmed + status.RowsDeferred);
    }

    [Fact]
    public async Task A_chunk_is_stuck_when_its_lease_is_over_and_its_session_is_gone()
    {
        await using var database = await server.CopyAsync();
        Task<EtlStatus> running;
        await using (await UpdateGate.CloseAsync(database))
        {
            running = database.RunAsync();
            await database.UntilAsync(UpdateGate.Waiting);
            var working = await database.Engine().GetStatusAsync(null, CancellationToken.None);
            Assert.Equal((RunState.Running, EtlStep.Chunks, 0L), (working.State, working.Step, working.ChunksStuck));
            Assert.True(working.ChunksProcessing is 1 or 2 && working.RowsLocked > 0 && working.PercentComplete < 100);
        }

        await running;
        // The process id of the dead worker now belongs to another session: chunk 1 has that of the test. The worker of chunk 2 is in its
        // transaction.
        await using var transaction = await database.Connection.BeginTransactionAsync();
        await database.ExecuteAsync(
            """
            UPDATE cm_etl.chunk SET state = 'processing', lease_until = clock_timestamp() - interval '1 second', backend_pid = pg_backend_pid() WHERE chunk_id = 1;
            UPDATE cm_etl.chunk SET state = 'processing', lease_until = clock_timestamp() - interval '1 second', backend_pid = 1 WHERE chunk_id = 2;
            UPDATE cm_etl.chunk SET state = 'processing', lease_until = clock_timestamp() + interval '1 hour', backend_pid = 1 WHERE chunk_id = 3;
            SELECT pg_advisory_xact_lock(hashtext(tableoid::text || ' ' || run_id), chunk_id) FROM cm_etl.chunk WHERE chunk_id = 2;
            """);
        Assert.Equal("1", await database.ReadAsync<string>(
            "SELECT string_agg(chunk_id::text, ',') FROM cm_etl.chunk_status WHERE stuck"));
    }

    [Fact]
    public async Task Progress_is_reported_and_ends_with_the_final_picture()
    {
        await using var database = await server.CopyAsync();
        var seen = new List<EtlStatus>();
        var final = await database.Engine().RunAsync(new StartRequest(), new Collector(seen), CancellationToken.None);
        Assert.Equal(RunState.Completed, seen[^1].State);
        Assert.Equal(final, seen[^1]);
        Assert.All(seen.Zip(seen.Skip(1)), p => Assert.True(p.First.PercentComplete <= p.Second.PercentComplete));
    }

    [Theory]
    [InlineData("nobody", "RunNotFound")]
    [InlineData(null, "NoRun")]
    public async Task A_run_that_is_not_there_is_an_error_of_its_own(string? runId, string errorId)
    {
        await using var database = await server.CopyAsync();
        var engine = database.Engine();
        Func<Task>[] calls =
        [
            () => engine.GetStatusAsync(runId, CancellationToken.None), () => engine.GetChunksAsync(runId, CancellationToken.None),
            () => engine.ProcessChunkAsync(runId, 0, CancellationToken.None),
            () => engine.ResetAsync(new ResetRequest { RunId = runId }, CancellationToken.None),
            () => engine.StopAsync(runId, false, false, "", CancellationToken.None),
        ];
        foreach (var call in calls)
        {
            var error = await Assert.ThrowsAsync<CmEtlException>(call);
            Assert.Equal((ErrorKind.Permanent, errorId), (error.Kind, error.ErrorId));
        }
    }

    [Fact]
    public async Task A_chunk_that_is_not_in_the_plan_is_an_error_of_its_own()
    {
        await using var database = await server.CopyAfterRunAsync();
        var error = await Assert.ThrowsAsync<CmEtlException>(() => database.Engine()
            .ProcessChunkAsync(null, 9_999, CancellationToken.None));
        Assert.Equal("ChunkNotFound", error.ErrorId);
    }

    private sealed class Collector(List<EtlStatus> seen) : IProgress<EtlStatus>
    {
        public void Report(EtlStatus value)
        {
            lock (seen)
            {
                seen.Add(value);
            }
        }
    }
}
