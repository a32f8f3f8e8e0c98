using CmEtl.Chaos.Processes;
using CmEtl.Engine;
using CmEtl.Engine.Tests.Engine;

namespace CmEtl.Chaos.FaultMatrix;

/// <summary>A streaming standby lags behind. The run backs off to one worker until the standby has caught up.</summary>
[Collection(MatrixGroup.Name)]
public sealed class ReplicaLagTests(EngineServer server)
{
    private const int Workers = 4;

    [StandbyFact]
    public async Task A_run_backs_off_for_a_replica_that_does_not_replay()
    {
        await using var database = await server.CopyAsync();
        await using var standby = await Standby.StartAsync(server, database);

        await BackOffAsync(database, s => s, standby.PauseReplayAsync, standby.ResumeReplayAsync);
    }

    /// <summary>All roles can see what a replica has received, if it has a replication slot.</summary>
    [StandbyFact]
    public async Task A_run_of_a_plain_role_backs_off_for_a_replica_that_does_not_receive()
    {
        await using var database = await server.CopyAsync();
        await using var role = await PlainRole.CreateAsync(database);
        await using var standby = await Standby.StartAsync(server, database, slot: "standby");
        var receiver = await standby.ReceiverAsync();
        try
        {
            await BackOffAsync(database, PlainRole.Apply, () => Freeze(), () => Thaw());
        }
        finally
        {
            await Thaw();
        }

        Task Freeze()
        {
            Signals.Stop(receiver);
            return Task.CompletedTask;
        }

        Task Thaw()
        {
            Signals.Continue(receiver);
            return Task.CompletedTask;
        }
    }

    private static async Task BackOffAsync(EngineDatabase database, Func<EtlSettings, EtlSettings> role, Func<Task> fallBehind,
        Func<Task> catchUp)
    {
        await fallBehind();
        Task<EtlStatus> running;
        var gate = await UpdateGate.CloseAsync(database);
        try
        {
            running = database.RunAsync(
                change: s =>
                    role(s) with { TargetChunkSize = 10, MaxConcurrency = Workers, PressureIntervalSeconds = 0.1,
                    MaxReplicaLagMegabytes = 4 });
            await database.UntilAsync(InWork(Workers));
            await database.ExecuteAsync("SELECT pg_logical_emit_message(false, 'test', repeat('x', 1000000)) FROM generate_series(1, 8)");
            await database.UntilAsync("EXISTS (SELECT FROM cm_etl.run WHERE reason LIKE 'backing off to 1 of 4 workers: a replica is % MB behind')");
            Assert.Contains("MB behind", (await database.Engine().GetStatusAsync(null, default)).Reason, StringComparison.Ordinal);

            // The running chunks are finished, then one at a time is processed.
            await gate.DisposeAsync();
            gate = await UpdateGate.CloseAsync(database);
            await database.UntilAsync($"{InWork(1)} AND ({UpdateGate.Waiting})");
            await Task.Delay(500);
            Assert.True(await database.ReadAsync<bool>($"SELECT {InWork(1)}"));

            await catchUp();
            await database.UntilAsync("EXISTS (SELECT FROM cm_etl.run WHERE reason = '')");
            await database.UntilAsync(InWork(Workers));
        }
        finally
        {
            await gate.DisposeAsync();
        }

        var completed = await running;
        Assert.Equal((RunState.Completed, ""), (completed.State, completed.Reason));
    }

    private static string InWork(int chunks) => $"(SELECT count(*) = {chunks} FROM cm_etl.chunk WHERE state = 'processing')";
}
