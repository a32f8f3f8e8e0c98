using CmEtl.Engine.Tests.Cases;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace CmEtl.Engine.Tests.Engine;

/// <summary>A row that cannot be updated within the time limit must not fail its whole chunk.</summary>
[Collection(ModelTestGroup.Name)]
public sealed class ChunkSplitTests(ModelServer server)
{
    [Fact]
    public async Task A_chunk_that_runs_into_its_time_limit_is_cut_down_to_the_row_and_the_rest_is_done()
    {
        await using var database = await server.CreateAsync(visits: 400);
        await SlowDownOneRowAsync(database.Connection);
        var target = new NpgsqlConnectionStringBuilder(database.Connection.ConnectionString);
        var settings = new EtlSettings
        {
            Host = target.Host!, Port = target.Port, Database = target.Database!, User = target.Username!, Password = target.Password,
            MarkMode = MarkMode.SinglePass, MaxConcurrency = 2, ChunkTimeoutSeconds = 1, RetryIntervalSeconds = 0,
        };
        await using var engine = new EtlEngine(settings, NullLoggerFactory.Instance);
        await engine.InitializeAsync(indexes: true, CancellationToken.None);

        var failed = await engine.RunAsync(new StartRequest(), null, CancellationToken.None);
        var quarantined = Assert.Single(await engine.GetChunksAsync(failed.RunId, CancellationToken.None), c => c.State != ChunkState.Done);

        Assert.Equal((RunState.Failed, false), (failed.State, failed.SweepSafe));
        Assert.Contains($"chunk {quarantined.ChunkId}: the statement ran into its time limit", failed.Reason, StringComparison.Ordinal);
        Assert.Equal((ChunkState.Quarantined, 1L, "57014"), (quarantined.State, quarantined.EstimatedRows, quarantined.SqlState));
        Assert.Equal(failed.RowsPlanned - 1, failed.RowsConfirmed + failed.RowsUnconfirmed + failed.RowsDeferred);

        await ExecuteAsync(database.Connection, "DROP TRIGGER slow ON conflict.conflictvisitmaps");
        await engine.ResetAsync(new ResetRequest { ChunkIds = [quarantined.ChunkId], Reason = "trigger dropped" }, CancellationToken.None);
        var completed = await engine.RunAsync(new StartRequest(), null, CancellationToken.None);

        Assert.Equal((failed.RunId, RunState.Completed, ""), (completed.RunId, completed.State, completed.Reason));
        Assert.Equal(completed.RowsPlanned, completed.RowsConfirmed + completed.RowsUnconfirmed + completed.RowsDeferred);
    }

    /// <summary>One row whose update takes longer than the limit.</summary>
    private static async Task SlowDownOneRowAsync(NpgsqlConnection connection)
    {
        await using var pick = new NpgsqlCommand(
            """
            SELECT "ID" FROM conflict.conflictvisitmaps
             WHERE "CONFLICTID" IS NOT NULL AND "StatusFlag" = 'U' AND "VisitDate" BETWEEN current_date - 300 AND current_date
             ORDER BY "ID" LIMIT 1
            """,
            connection);
        var id = await pick.ExecuteScalarAsync();
        await ExecuteAsync(connection, $"""
            CREATE FUNCTION conflict.slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(5); RETURN NEW; END';
            CREATE TRIGGER slow BEFORE UPDATE ON conflict.conflictvisitmaps FOR EACH ROW WHEN (OLD."ID" = {id})
            EXECUTE FUNCTION conflict.slow();
            """);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
