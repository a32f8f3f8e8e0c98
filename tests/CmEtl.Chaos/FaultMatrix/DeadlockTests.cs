using CmEtl.Engine.Tests.Engine;
using Npgsql;

namespace CmEtl.Chaos.FaultMatrix;

/// <summary>The application and a chunk wait for each other.</summary>
[Collection(MatrixGroup.Name)]
public sealed class DeadlockTests(EngineServer server)
{
    [Fact]
    public async Task A_chunk_that_deadlocks_with_the_application_gives_way_and_is_tried_again()
    {
        await using var database = await server.CopyAsync();
        // After updating its first row, the chunk waits for a lock that the application holds.
        await database.ExecuteAsync(
            """
            CREATE FUNCTION public.wait() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_advisory_xact_lock_shared(4712); RETURN NULL; END $$;
            CREATE TRIGGER wait AFTER UPDATE OF "UpdatedDate" ON conflict.conflictvisitmaps FOR EACH ROW EXECUTE FUNCTION public.wait();
            """);
        await using var application = await database.ConnectAsync();
        // The session that checks for deadlocks first is canceled. It must be the chunk's.
        await ExecuteAsync(application, "SET deadlock_timeout = '1min'; BEGIN; SELECT pg_advisory_xact_lock(4712)");
        var running = database.RunAsync(change: s => s with { MaxConcurrency = 1, RetryMaxAttempts = 5 });
        await database.UntilAsync(UpdateGate.Waiting);
        await ExecuteAsync(application, "UPDATE conflict.conflictvisitmaps SET \"ResolvedBy\" = 'meanwhile' WHERE \"CONFLICTID\" IS NOT NULL; COMMIT");
        var completed = await running;
        Assert.Equal("", completed.Reason);
        Assert.Equal(1, await database.ReadAsync<long>("SELECT count(*) FROM cm_etl.event WHERE reason LIKE '%40P01%'"));
        Assert.Equal(0, await database.ReadAsync<long>(
            "SELECT count(*) FROM conflict.conflictvisitmaps WHERE \"CONFLICTID\" IS NOT NULL AND \"ResolvedBy\" IS DISTINCT FROM 'meanwhile'"));
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
