using Npgsql;

namespace CmEtl.Engine.Tests.Engine;

/// <summary>If the owner's triggers change what a chunk writes, the result is counted as stored, or the chunk fails.</summary>
[Collection(EngineTestGroup.Name)]
public sealed class TriggerTests(EngineServer server)
{
    public static TheoryData<string, string, string> Meddlers => new()
    {
        { "BEFORE UPDATE", "FOR EACH ROW", "NEW.\"AideName\" := 'other'; RETURN NEW" },
        { "AFTER UPDATE", "FOR EACH ROW", "UPDATE conflict.conflictvisitmaps SET \"AideName\" = 'other' WHERE \"ID\" = NEW.\"ID\"; RETURN NULL" },
        { "AFTER UPDATE", "FOR EACH STATEMENT", "UPDATE conflict.conflictvisitmaps SET \"PName\" = 'other' WHERE \"ID\" = 40; RETURN NULL" },
        { "AFTER UPDATE", "FOR EACH STATEMENT", "DELETE FROM conflict.conflictvisitmaps WHERE \"ID\" = 40; RETURN NULL" },
        {
            "CONSTRAINT AFTER UPDATE", "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW",
            "UPDATE conflict.conflictvisitmaps SET \"AideName\" = 'other' WHERE \"ID\" = NEW.\"ID\"; RETURN NULL"
        },
    };

    [Theory]
    [MemberData(nameof(Meddlers))]
    public async Task A_trigger_that_changes_pairs_fails_the_chunk(string time, string level, string body)
    {
        foreach (var mode in Enum.GetValues<MarkMode>())
        {
            await using var database = await server.CopyAsync();
            await MeddleAsync(database, time, level, body);

            var status = await database.RunAsync(change: s => s with { MarkMode = mode });

            Assert.Equal(RunState.Failed, status.State);
            Assert.Contains("stored", status.Reason, StringComparison.Ordinal);
            Assert.Equal(0L, await database.ReadAsync<long>("SELECT count(*) FROM conflict.conflictvisitmaps WHERE 'other' IN (\"AideName\", \"PName\")"));
        }
    }

    [Theory]
    [InlineData("NEW.\"PTOStartDate\" := NULL; NEW.\"PTOEndDate\" := NULL; NEW.\"VisitID\" := 1")]
    [InlineData("NEW.\"AideName\" := 'other'")]
    [InlineData("NEW.\"StatusFlag\" := 'R'")]
    public async Task A_trigger_that_changes_rows_while_they_are_marked_fails_the_chunk(string body)
    {
        foreach (var mode in Enum.GetValues<MarkMode>())
        {
            await using var database = await server.CopyAfterRunAsync();
            await database.ExecuteAsync("UPDATE conflict.conflictvisitmaps SET \"UpdateFlag\" = NULL");
            await MeddleAsync(database, "BEFORE UPDATE OF \"UpdateFlag\"", "FOR EACH ROW WHEN (NEW.\"UpdateFlag\" = 1)", body + "; RETURN NEW");
            var before = await ContentAsync(database);

            var status = await database.RunAsync(change: s => s with { MarkMode = mode });

            Assert.Equal(RunState.Failed, status.State);
            Assert.Contains("stored", status.Reason, StringComparison.Ordinal);
            Assert.Equal(before, await ContentAsync(database));
        }
    }

    /// <summary>The trigger is in force for the chunk's update, but not visible in its snapshot.</summary>
    [Theory]
    [InlineData(MarkMode.TwoPhase, false)]
    [InlineData(MarkMode.SinglePass, false)]
    [InlineData(MarkMode.SinglePass, true)]
    public async Task A_trigger_that_is_created_while_a_chunk_begins_is_noticed(MarkMode mode, bool suppresses)
    {
        EtlSettings Mode(EtlSettings s) => s with { MarkMode = mode, SkipUnchanged = suppresses, LockTimeoutSeconds = 60 };
        await using var database = await server.CopyAsync();
        var engine = database.Engine(Mode);
        var runId = (await engine.BeginAsync(new StartRequest(), CancellationToken.None)).RunId;
        await engine.RunTask01Async(runId, CancellationToken.None);
        var chunks = await engine.PlanAsync(runId, CancellationToken.None);
        await MeddleAsync(database, "BEFORE UPDATE", "FOR EACH ROW", suppresses ? "RETURN NULL" : "NEW.\"AideName\" := 'other'; RETURN NEW");
        await database.ExecuteAsync("DROP TRIGGER meddle ON conflict.conflictvisitmaps");
        await using var owner = await database.ConnectAsync();
        await ExecuteAsync(owner, "BEGIN; CREATE TRIGGER meddle BEFORE UPDATE ON conflict.conflictvisitmaps FOR EACH ROW EXECUTE FUNCTION public.meddle()");

        var working = engine.ProcessChunkAsync(runId, chunks[0].ChunkId, CancellationToken.None);
        await database.UntilAsync("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND relation = 'conflict.conflictvisitmaps'::regclass)");
        await ExecuteAsync(owner, "COMMIT");

        var error = await Assert.ThrowsAsync<CmEtlException>(() => working);
        Assert.Equal("RowsNotStored", error.ErrorId);
        Assert.Equal(0L, await database.ReadAsync<long>("SELECT count(*) FROM conflict.conflictvisitmaps WHERE \"AideName\" = 'other'"));
    }

    [Theory]
    [InlineData("AFTER UPDATE", "INSERT INTO public.audit VALUES (NEW.\"ID\"); RETURN NULL")]
    [InlineData("BEFORE UPDATE", "NEW.\"UpdatedDate\" := clock_timestamp(); RETURN NEW")]
    public async Task A_trigger_that_changes_nothing_is_harmless(string time, string body)
    {
        foreach (var mode in Enum.GetValues<MarkMode>())
        {
            await using var database = await server.CopyAsync();
            await database.ExecuteAsync("CREATE TABLE public.audit (id bigint)");
            await MeddleAsync(database, time, "FOR EACH ROW", body);
            await database.CompleteAsync(change: s => s with { MarkMode = mode });
        }
    }

    [Theory]
    [InlineData("RETURN NULL", "RowsNotStored")]
    [InlineData("NEW.\"AideName\" := 'other'; RETURN NEW", "RowsNotStored")]
    [InlineData("RETURN NEW", "")]
    public async Task A_row_that_the_table_does_not_store_as_it_was_written_fails_its_chunk(string body, string errorId)
    {
        foreach (var change in new Func<EtlSettings,
            EtlSettings>[] { s => s, s => s with { MarkMode = MarkMode.SinglePass, SkipUnchanged = true } })
        {
            await using var database = await server.CopyAsync();
            await database.ExecuteAsync(
                $"""
                CREATE FUNCTION public.meddle() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body}; END $$;
                CREATE TRIGGER meddle BEFORE UPDATE OF "UpdatedDate" ON conflict.conflictvisitmaps FOR EACH ROW WHEN (OLD."ID" IN (1, 2, 40)) EXECUTE FUNCTION public.meddle()
                """);
            var status = await database.RunAsync(change: change);
            Assert.Equal(errorId.Length == 0 ? RunState.Completed : RunState.Failed, status.State);
            Assert.True(errorId.Length == 0 || status.Reason.Contains("stored", StringComparison.Ordinal), status.Reason);
            var failed = await database.ReadAsync<int>("SELECT coalesce(min(chunk_id), -1) FROM cm_etl.chunk WHERE state = 'failed'");
            if (failed >= 0)
            {
                var error = await Assert.ThrowsAsync<CmEtlException>(() => database.Engine(change)
                    .ProcessChunkAsync(null, failed, CancellationToken.None));
                Assert.Equal(errorId, error.ErrorId);
            }
        }
    }

    private static Task<int> MeddleAsync(EngineDatabase database, string time, string level, string body)
    {
        var (constraint, when) = time.StartsWith("CONSTRAINT ", StringComparison.Ordinal) ? ("CONSTRAINT ", time["CONSTRAINT ".Length..]) : ("", time);
        return database.ExecuteAsync(
            $"""
            CREATE FUNCTION public.meddle() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
            BEGIN IF pg_trigger_depth() > 1 THEN RETURN NEW; END IF; {body}; END $$;
            CREATE {constraint}TRIGGER meddle {when} ON conflict.conflictvisitmaps {level} EXECUTE FUNCTION public.meddle()
            """);
    }

    private static Task<string> ContentAsync(EngineDatabase database) =>
        database.ReadAsync<string>("SELECT md5(string_agg((to_jsonb(c) - 'UpdateFlag')::text, ',' ORDER BY \"ID\")) FROM conflict.conflictvisitmaps AS c");

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
