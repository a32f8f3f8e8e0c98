using Npgsql;

namespace CmEtl.Engine.Tests.Engine;

/// <summary>A run is completed only when it has examined the current version of every row of its window. No clock decides that.</summary>
[Collection(AccountingTestGroup.Name)]
public sealed class AccountingTests(EngineServer server)
{
    public static TheoryData<string, MarkMode, bool> Events
    {
        get
        {
            var data = new TheoryData<string, MarkMode, bool>();
            foreach (var name in MidRunEvent.All.Keys)
            {
                data.Add(name, MarkMode.TwoPhase, false);
                data.Add(name, MarkMode.SinglePass, true);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Events))]
    public async Task Whatever_happens_to_the_pairs_amid_a_run_the_table_is_that_of_a_run_after_it(string what, MarkMode mode,
        bool skipUnchanged)
    {
        EtlSettings Mode(EtlSettings s) => s with { MarkMode = mode, SkipUnchanged = skipUnchanged };
        await using var database = await server.CopyAfterRunAsync();
        await ExecuteAsync(database, MidRunEvent.All[what].Before);
        await EveryPairIsStaleAsync(database);
        await BadRow.PlantAsync(database, "OLD.\"ID\" IN (1, 2, 40)");
        Assert.Equal(RunState.Failed, (await database.RunAsync(change: Mode)).State);
        Assert.InRange(await database.ReadAsync<long>("SELECT chunks_done FROM cm_etl.run_status ORDER BY started_at DESC LIMIT 1"), 1, 100);
        await BadRow.RemoveAsync(database);
        await ExecuteAsync(database, MidRunEvent.All[what].During);

        var status = await database.CompleteAsync(change: Mode);
        Assert.Equal(0L, status.RowsMissed);
        Assert.Equal("resumed", await database.ReadAsync<string>("SELECT reason FROM cm_etl.event WHERE kind = 'run resumed' ORDER BY event_id DESC LIMIT 1"));
        await IsRightAsync(database);
    }

    [Theory]
    [InlineData(MarkMode.TwoPhase)]
    [InlineData(MarkMode.SinglePass)]
    public async Task Chunks_that_worked_on_another_table_in_its_place_have_examined_nothing(MarkMode mode)
    {
        await using var database = await server.CopyAfterRunAsync();
        await ExecuteAsync(database, MidRunEvent.All["older copy in its place, marked"].Before);
        await EveryPairIsStaleAsync(database);
        var engine = database.Engine(s => s with { MarkMode = mode });
        var runId = (await engine.BeginAsync(new StartRequest(), CancellationToken.None)).RunId;
        await engine.RunTask01Async(runId, CancellationToken.None);
        var chunks = await engine.PlanAsync(runId, CancellationToken.None);
        var half = chunks.Count / 2;
        foreach (var chunk in chunks.Take(half))
        {
            await engine.ProcessChunkAsync(runId, chunk.ChunkId, CancellationToken.None);
        }

        await SwapAsync("conflictvisitmaps", "away", "older");
        foreach (var chunk in chunks.Skip(half))
        {
            await engine.ProcessChunkAsync(runId, chunk.ChunkId, CancellationToken.None);
        }

        await SwapAsync("conflictvisitmaps", "older", "away");
        var status = await engine.FinishAsync(runId, CancellationToken.None);
        Assert.Equal((RunState.Completed, ""), (status.State, status.Reason));
        Assert.True(await database.ReadAsync<long>("SELECT count(*) FROM cm_etl.chunk WHERE round > 0") > 0);
        await IsRightAsync(database);

        Task<int> SwapAsync(string table, string old, string young) =>
            database.ExecuteAsync($"ALTER TABLE conflict.{table} RENAME TO {old}; ALTER TABLE conflict.{young} RENAME TO {table}");
    }

    [Fact]
    public async Task A_change_of_the_time_zone_makes_no_row_look_confirmed()
    {
        await using var database = await server.CopyAsync();
        await database.CompleteAsync(change: s => s with { SessionTimeZone = "Pacific/Kiritimati" });
        await EveryPairIsStaleAsync(database);
        await database.ExecuteAsync("""UPDATE conflict.conflictvisitmaps SET "UpdateFlag" = 1 WHERE "ID" % 2 = 0""");
        static EtlSettings Behind(EtlSettings s) => s with { SessionTimeZone = "Pacific/Pago_Pago" };
        var status = await database.CompleteAsync(change: Behind);
        Assert.Equal((status.RowsPlanned, 0L, 0L),
            (status.RowsConfirmed + status.RowsUnconfirmed + status.RowsDeferred, status.RowsDrift, status.RowsMissed));
        await IsRightAsync(database, Behind);
    }

    [Fact]
    public async Task A_row_that_is_moved_into_a_later_chunk_is_written_once()
    {
        await using var database = await server.CopyAfterRunAsync();
        // Every pair gets a key after all others, in the range of the last chunk.
        await database.ExecuteAsync("UPDATE analytics.dimcaregiver SET \"SSN\" = '9' || substr(\"SSN\", 2) WHERE \"SSN\" IS NOT NULL");
        await database.ExecuteAsync(
            """
            CREATE TABLE public.written (id numeric); GRANT INSERT ON public.written TO PUBLIC;
            CREATE FUNCTION public.write_down() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO public.written VALUES (NEW."ID"); RETURN NULL; END $$;
            CREATE TRIGGER write_down AFTER UPDATE OF "UpdatedDate" ON conflict.conflictvisitmaps FOR EACH ROW EXECUTE FUNCTION public.write_down()
            """);
        var status = await database.CompleteAsync(change: s => s with { MaxConcurrency = 1, TargetChunkSize = 60 });
        Assert.True(await database.ReadAsync<long>("SELECT sum(rows_moved)::bigint FROM cm_etl.chunk") > 0);
        Assert.Equal(0, await database.ReadAsync<long>("SELECT count(*) - count(DISTINCT id) FROM public.written"));
        Assert.Equal(status.RowsConfirmed, await database.ReadAsync<long>("SELECT count(*) FROM public.written"));
        await IsRightAsync(database);
    }

    [Fact]
    public async Task A_table_that_is_written_to_all_the_time_comes_to_an_end()
    {
        await using var database = await server.CopyAsync();
        await using var application = await database.ConnectAsync();
        using var over = new CancellationTokenSource();
        // As soon as a row has been examined, another one is added.
        var writing = Task.Run(async () =>
        {
            while (!over.IsCancellationRequested)
            {
                await using var command = new NpgsqlCommand(
                    """
                    INSERT INTO conflict.conflictvisitmaps ("CONFLICTID", "SSN", "VisitDate") SELECT 1, '1', current_date
                     WHERE NOT EXISTS (SELECT FROM conflict.conflictvisitmaps WHERE "CONFLICTID" = 1 AND "SSN" = '1' AND "UpdateFlag" IS DISTINCT FROM 1)
                    """, application);
                await command.ExecuteNonQueryAsync();
                await Task.Delay(5);
            }
        });
        await database.CompleteAsync();
        await over.CancelAsync();
        await writing;
        Assert.True(await database.ReadAsync<long>("SELECT count(*) FROM cm_etl.chunk WHERE round > 0 AND found IS NOT NULL") > 0);
    }

    [Theory]
    [InlineData("""DELETE FROM conflict.conflictvisitmaps WHERE "ID" % 3 = 0""")]
    [InlineData("CREATE TEMP TABLE k AS TABLE conflict.conflictvisitmaps; TRUNCATE conflict.conflictvisitmaps; INSERT INTO conflict.conflictvisitmaps SELECT * FROM k WHERE \"ID\" <> 40")]
    public async Task A_table_that_loses_its_rows_amid_a_run_is_not_completed(string loss)
    {
        await using var database = await server.CopyAsync();
        await BadRow.PlantAsync(database, "OLD.\"ID\" IN (1, 2, 40)");
        await database.RunAsync();
        await BadRow.RemoveAsync(database);
        await ExecuteAsync(database, loss);
        var status = await database.RunAsync();
        Assert.Equal((RunState.Failed, false), (status.State, status.SweepSafe));
        Assert.Contains("planned rows have vanished", status.Reason, StringComparison.Ordinal);
        Assert.True(await database.ReadAsync<long>("SELECT rows_vanished FROM cm_etl.run") > 0);
    }

    [Fact]
    public async Task A_chunk_sees_a_reloaded_table_as_before_or_as_after()
    {
        await using var database = await server.CopyAsync();
        var engine = database.Engine(s => s with { MarkMode = MarkMode.SinglePass, LockTimeoutSeconds = 60 });
        var runId = (await engine.BeginAsync(new StartRequest(), CancellationToken.None)).RunId;
        await engine.RunTask01Async(runId, CancellationToken.None);
        var chunks = await engine.PlanAsync(runId, CancellationToken.None);
        await using var loader = await database.ConnectAsync();
        await using (var load = new NpgsqlCommand(
            "BEGIN; CREATE TEMP TABLE k AS TABLE analytics.dimcaregiver; TRUNCATE analytics.dimcaregiver; INSERT INTO analytics.dimcaregiver TABLE k", loader))
        {
            await load.ExecuteNonQueryAsync();
        }

        var working = engine.ProcessChunkAsync(runId, chunks[0].ChunkId, CancellationToken.None);
        await database.UntilAsync("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND relation = 'analytics.dimcaregiver'::regclass)");
        await using (var commit = new NpgsqlCommand("COMMIT", loader))
        {
            await commit.ExecuteNonQueryAsync();
        }

        Assert.True((await working).RowsConfirmed > 0);
        foreach (var chunk in chunks.Skip(1))
        {
            await engine.ProcessChunkAsync(runId, chunk.ChunkId, CancellationToken.None);
        }

        Assert.Equal(RunState.Completed, (await engine.FinishAsync(runId, CancellationToken.None)).State);
        Assert.Contains("analytics.dimcaregiver", await database.ReadAsync<string>("SELECT reason FROM cm_etl.event WHERE kind = 'table replaced'"), StringComparison.Ordinal);
        await IsRightAsync(database);
    }

    [Theory]
    [InlineData(MarkMode.TwoPhase)]
    [InlineData(MarkMode.SinglePass)]
    public async Task A_mark_that_the_table_does_not_store_fails_its_chunk(MarkMode mode)
    {
        await using var database = await server.CopyAsync();
        await database.ExecuteAsync(
            """
            UPDATE conflict.conflictvisitmaps SET "UpdateFlag" = NULL;
            CREATE FUNCTION public.meddle() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
            CREATE TRIGGER meddle BEFORE UPDATE OF "UpdateFlag" ON conflict.conflictvisitmaps FOR EACH ROW WHEN (NEW."UpdateFlag" = 1) EXECUTE FUNCTION public.meddle()
            """);
        var status = await database.RunAsync(change: s => s with { MarkMode = mode });
        Assert.Equal(RunState.Failed, status.State);
        Assert.Contains("marks", status.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_look_up_key_that_is_there_twice_fails_the_chunk()
    {
        await using var database = await server.CopyAsync();
        await database.ExecuteAsync(
            """
            DO $$ BEGIN EXECUTE (SELECT string_agg(format('ALTER TABLE analytics.dimcaregiver DROP CONSTRAINT %I', conname), ';')
                                   FROM pg_constraint WHERE conrelid = 'analytics.dimcaregiver'::regclass AND contype IN ('p', 'u')); END $$
            """);
        var engine = database.Engine();
        var runId = (await engine.BeginAsync(new StartRequest(), CancellationToken.None)).RunId;
        await engine.RunTask01Async(runId, CancellationToken.None);
        var chunks = await engine.PlanAsync(runId, CancellationToken.None);
        await database.ExecuteAsync("INSERT INTO analytics.dimcaregiver SELECT * FROM analytics.dimcaregiver");
        var error = await Assert.ThrowsAsync<CmEtlException>(
            () => engine.ProcessChunkAsync(runId, chunks[0].ChunkId, CancellationToken.None));
        Assert.Equal("CountsImpossible", error.ErrorId);
        Assert.Equal(0L, await database.ReadAsync<long>("SELECT count(*) FROM cm_etl.chunk WHERE state = 'done'"));
    }

    [Theory]
    [InlineData("UPDATE cm_etl.chunk SET rows_unconfirmed = -1, rows_confirmed = rows_confirmed + rows_unconfirmed + 1 WHERE state = 'done'")]
    [InlineData("UPDATE cm_etl.chunk SET rows_confirmed = rows_confirmed + 1 WHERE state = 'done'")]
    [InlineData("UPDATE cm_etl.chunk SET rows_unchanged = rows_confirmed + 1 WHERE state = 'done'")]
    [InlineData("UPDATE cm_etl.run SET rows_missed = 1")]
    public async Task The_ledger_refuses_counts_that_cannot_be(string statement)
    {
        await using var database = await server.CopyAfterRunAsync();
        Assert.Equal("23514", (await Assert.ThrowsAsync<PostgresException>(() => database.ExecuteAsync(statement))).SqlState);
    }

    [Fact]
    public async Task A_ledger_that_was_copied_is_not_believed()
    {
        static EtlSettings Delta(EtlSettings s) => s with { MarkMode = MarkMode.SinglePass, Delta = true };
        await using var database = await server.CopyAsync();
        await database.CompleteAsync(change: Delta);
        Assert.NotEqual("", (await database.CompleteAsync(change: Delta)).DeltaOf);
        await ExecuteAsync(
            database,
            "CREATE TEMP TABLE r AS TABLE cm_etl.run; CREATE TEMP TABLE c AS TABLE cm_etl.chunk; ALTER TABLE c DROP COLUMN cost; TRUNCATE cm_etl.run CASCADE;"
            + "INSERT INTO cm_etl.run TABLE r");
        var columns = await database.ReadAsync<string>(
            "SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute WHERE attrelid = 'c'::regclass AND attnum > 0 AND NOT attisdropped");
        await database.ExecuteAsync($"INSERT INTO cm_etl.chunk ({columns}) SELECT {columns} FROM c");
        Assert.Equal("", (await database.CompleteAsync(change: Delta)).DeltaOf);
    }

    [Fact]
    public async Task No_chunk_of_a_run_is_reset_after_a_newer_one()
    {
        await using var database = await server.CopyAsync();
        await BadRow.PlantAsync(database, "OLD.\"ID\" IN (1, 2, 40)");
        var old = await database.RunAsync();
        await BadRow.RemoveAsync(database);
        var status = await database.CompleteAsync(new StartRequest { New = true });
        // The server's clock is set back. It does not decide which run is newer.
        await database.ExecuteAsync($"UPDATE cm_etl.run SET started_at = started_at - interval '2 days' WHERE run_id = '{status.RunId}'");
        var before = await TableHash.OfVersionsAsync(database, "true");
        var request = new ResetRequest { RunId = old.RunId };
        Assert.Equal("RunSuperseded",
            (await Assert.ThrowsAsync<CmEtlException>(() => database.Engine().ResetAsync(request, CancellationToken.None))).ErrorId);
        Assert.Equal("RunSuperseded",
            (await Assert.ThrowsAsync<CmEtlException>(() => database.Engine().PreviewResetAsync(request, CancellationToken.None))).ErrorId);
        await database.ExecuteAsync($"UPDATE cm_etl.run SET state = 'failed' WHERE run_id = '{old.RunId}'");
        var chunk = await database.ReadAsync<int>($"SELECT min(chunk_id) FROM cm_etl.chunk WHERE run_id = '{old.RunId}' AND state <> 'done'");
        Assert.Equal(
            "RunSuperseded",
            (await Assert.ThrowsAsync<CmEtlException>(
                () => database.Engine().ProcessChunkAsync(old.RunId, chunk, CancellationToken.None))).ErrorId);
        Assert.Equal(
            "RunSuperseded", (await Assert.ThrowsAsync<CmEtlException>(() => database.RunAsync(new StartRequest { RunId = old.RunId }))).ErrorId);
        Assert.Equal(before, await TableHash.OfVersionsAsync(database, "true"));
    }

    /// <summary>Every confirmed pair has to be written again.</summary>
    private static Task<int> EveryPairIsStaleAsync(EngineDatabase database) =>
        database.ExecuteAsync("UPDATE analytics.dimcaregiver SET \"Caregiver Fullname\" = left('Y' || \"Caregiver Fullname\", 50)");

    /// <summary>A run without concurrent changes that writes every row has nothing to correct.</summary>
    private static async Task IsRightAsync(EngineDatabase database, Func<EtlSettings, EtlSettings>? change = null)
    {
        var table = await TableHash.OfPairsAsync(database);
        await database.CompleteAsync(new StartRequest { New = true }, change);
        Assert.Equal(await TableHash.OfPairsAsync(database), table);
    }

    private static async Task ExecuteAsync(EngineDatabase database, string statements)
    {
        foreach (var statement in statements.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            await database.ExecuteAsync(statement);
        }
    }
}
