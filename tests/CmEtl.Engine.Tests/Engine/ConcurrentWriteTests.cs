using Npgsql;

namespace CmEtl.Engine.Tests.Engine;

/// <summary>The application writes while chunks are updated.</summary>
[Collection(AccountingTestGroup.Name)]
public sealed class ConcurrentWriteTests(EngineServer server)
{
    [Theory]
    [InlineData(MarkMode.TwoPhase)]
    [InlineData(MarkMode.SinglePass)]
    public async Task A_row_that_the_application_changes_amid_the_update_keeps_the_change(MarkMode mode)
    {
        await using var database = await server.CopyAsync();
        Task<EtlStatus> running;
        int changed;
        await using (await UpdateGate.CloseAsync(database))
        {
            running = database.RunAsync(change: s => s with { MarkMode = mode, MaxConcurrency = 1 });
            await database.UntilAsync(UpdateGate.Waiting);
            changed = await database.ExecuteAsync(
                $"""
                UPDATE conflict.conflictvisitmaps AS c SET "ResolvedBy" = 'meanwhile'
                  FROM cm_etl.chunk AS k
                 WHERE k.state = 'processing' AND {ChunkRange.Holds}
                """);
        }

        var status = await running;
        Assert.Equal((RunState.Completed, ""), (status.State, status.Reason));
        Assert.True(changed > 50);
        Assert.Equal(changed, await database.ReadAsync<long>("SELECT count(*) FROM conflict.conflictvisitmaps WHERE \"ResolvedBy\" = 'meanwhile'"));
        Assert.Equal("2", await database.ReadAsync<string>("SELECT string_agg(attempt::text, ',') FROM cm_etl.chunk WHERE attempt > 1"));
        Assert.Equal(1, await database.ReadAsync<long>(
            "SELECT count(*) FROM cm_etl.event WHERE kind = 'chunk attempt ended' AND reason LIKE '%40001%'"));
    }

    [Fact]
    public async Task A_row_locked_by_the_application_for_long_is_tried_again()
    {
        await using var database = await server.CopyAsync();
        await using var application = await database.ConnectAsync();
        await using var transaction = await application.BeginTransactionAsync();
        await using (var command = new NpgsqlCommand("SELECT FROM conflict.conflictvisitmaps WHERE \"CONFLICTID\" IS NOT NULL FOR UPDATE", application))
        {
            await command.ExecuteNonQueryAsync();
        }

        var running = database.RunAsync(change: s => s with { LockTimeoutSeconds = 1, RetryMaxAttempts = 20 });
        await database.UntilAsync("SELECT EXISTS (SELECT FROM cm_etl.event WHERE reason LIKE '%55P03%')");
        await transaction.RollbackAsync();
        (await running).AssertCompleted();
    }

    [Fact]
    public async Task A_table_that_a_loader_replaces_in_two_transactions_is_tried_again()
    {
        await using var database = await server.CopyAsync();
        Task<EtlStatus> running;
        await using (await UpdateGate.CloseAsync(database))
        {
            running = database.RunAsync(change: s => s with { MaxConcurrency = 1, RetryMaxAttempts = 20 });
            await database.UntilAsync(UpdateGate.Waiting);
        }

        await database.ExecuteAsync("ALTER TABLE analytics.dimoffice RENAME TO dimoffice_away");
        await database.UntilAsync("SELECT EXISTS (SELECT FROM cm_etl.event WHERE reason LIKE '%42P01%')");
        await database.ExecuteAsync("ALTER TABLE analytics.dimoffice_away RENAME TO dimoffice");
        (await running).AssertCompleted();
    }
}
