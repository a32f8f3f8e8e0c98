namespace CmEtl.Engine.Tests.Engine;

/// <summary>-Force ends the worker's session and then fences it off. It never waits for the transaction that it ends.</summary>
[Collection(AccountingTestGroup.Name)]
public sealed class ForceTests(EngineServer server)
{
    [Fact]
    public async Task A_chunk_whose_worker_is_in_its_transaction_is_reset()
    {
        await using var database = await server.CopyAsync();
        Task<EtlStatus> running;
        await using (await UpdateGate.CloseAsync(database))
        {
            running = database.RunAsync(change: s => s with { MaxConcurrency = 1 });
            await database.UntilAsync(UpdateGate.Waiting);
            var held = await database.ReadAsync<int>("SELECT chunk_id FROM cm_etl.chunk WHERE state = 'processing'");

            var reset = Assert.Single(await database.Engine().ResetAsync(
                new ResetRequest { ChunkIds = [held], Force = true, Reason = "it hangs" }, CancellationToken.None));

            Assert.Equal((held, ChunkState.Processing, true), (reset.ChunkId, reset.State, reset.Reset));
            Assert.Contains(database.Log.Lines, l => l.Contains("session with process id", StringComparison.Ordinal));
        }

        Assert.Equal((RunState.Completed, ""), ((await running).State, (await running).Reason));
    }

    [Fact]
    public async Task A_role_that_may_not_end_sessions_is_refused_and_nothing_is_changed()
    {
        await using var database = await server.CopyAsync();
        await database.ExecuteAsync("DROP ROLE IF EXISTS cm_weak; CREATE ROLE cm_weak LOGIN PASSWORD 'weak'");
        await RoleScript.ApplyAsync(database.Connection, "operator", "cm_weak");
        await database.ExecuteAsync("REVOKE pg_signal_backend FROM cm_weak");
        Task<EtlStatus> running;
        await using (await UpdateGate.CloseAsync(database))
        {
            running = database.RunAsync();
            await database.UntilAsync(UpdateGate.Waiting);

            var error = await Assert.ThrowsAsync<CmEtlException>(() => database.Engine(s => s with { User = "cm_weak", Password = "weak" })
                .StopAsync(null, abandon: true, force: true, "", CancellationToken.None).WaitAsync(TimeSpan.FromMinutes(2)));

            Assert.Equal((ErrorKind.Busy, "SessionsNotEnded"), (error.Kind, error.ErrorId));
            Assert.Contains("GRANT pg_signal_backend TO \"cm_weak\"", error.Remedy, StringComparison.Ordinal);
            Assert.Equal("running", await database.ReadAsync<string>("SELECT state FROM cm_etl.run"));
        }

        Assert.Equal((RunState.Completed, ""), ((await running).State, (await running).Reason));
        await database.CloseEnginesAsync();
        await database.ExecuteAsync("DROP OWNED BY cm_weak; DROP ROLE cm_weak");
    }

    [Fact]
    public async Task Task_01_of_an_abandoned_run_is_ended_too()
    {
        await using var database = await server.CopyAsync();
        await using var reader = await database.ConnectAsync();
        await using var reading = await reader.BeginTransactionAsync();
        await new Npgsql.NpgsqlCommand("SELECT 1 FROM conflict.conflictvisitmaps_temp LIMIT 1", reader).ExecuteScalarAsync();
        var running = database.RunAsync();
        await database.UntilAsync("SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'relation' AND NOT granted)");

        await database.Engine().StopAsync(null, abandon: true, force: true, "", CancellationToken.None);

        Assert.Equal(RunState.Abandoned, (await running).State);
        Assert.False(await database.ReadAsync<bool>("SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'relation' AND NOT granted)"));
        Assert.Equal(2, await database.ReadAsync<decimal>("SELECT \"InProgressFlag\" FROM conflict.settings"));
    }

    [Fact]
    public async Task An_operator_sees_which_chunks_are_alive()
    {
        await using var database = await server.CopyAsync();
        Task<EtlStatus> running;
        await using (await UpdateGate.CloseAsync(database))
        {
            running = database.RunAsync();
            await database.UntilAsync(UpdateGate.Waiting);
            await database.ExecuteAsync("UPDATE cm_etl.run SET lease_until = clock_timestamp() - interval '1 minute'");
            await using var session = await database.ConnectAsync();
            var asOperator = $"SET ROLE {EngineServer.Operator}; SELECT count(*) FILTER (WHERE stuck) FROM cm_etl.chunk_status WHERE session_pid IS NOT NULL";
            Assert.Equal(0L, await new Npgsql.NpgsqlCommand(asOperator, session).ExecuteScalarAsync());
        }

        await running;
    }
}
