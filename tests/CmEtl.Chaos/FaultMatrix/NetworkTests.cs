using CmEtl.Chaos.Faults;
using CmEtl.Chaos.Network;
using CmEtl.Engine;
using CmEtl.Engine.Tests.Engine;

namespace CmEtl.Chaos.FaultMatrix;

/// <summary>The network fails during the commit. The outcome is read from the ledger, not assumed.</summary>
[Collection(MatrixGroup.Name)]
public sealed class NetworkTests(EngineServer server)
{
    private const int LeaseSeconds = 1;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(FaultKind.DropReply)]
    [InlineData(FaultKind.BlackHole)]
    public async Task A_commit_whose_answer_is_lost_is_a_success(FaultKind kind)
    {
        await using var database = await server.CopyAsync();
        using var proxy = new ChaosProxy(database.Settings.Port);
        var (engine, run) = await PlanAsync(database, proxy);
        var trap = proxy.Set(PausePoint.Commit, 0);
        var working = engine.ProcessChunkAsync(run, 0, CancellationToken.None);
        var connection = await trap.Caught.WaitAsync(Patience);
        if (kind == FaultKind.DropReply)
        {
            connection.DropReply();
        }
        else
        {
            connection.Deafen();
        }

        trap.Release();
        var result = await working.WaitAsync(Patience);
        Assert.Equal((1, false), (result.Attempt, result.Skipped));
        Assert.Equal("done 1 0", await ChunkAsync(database));
    }

    [Theory]
    [InlineData(FaultKind.Cut)]
    [InlineData(FaultKind.BlackHole)]
    public async Task A_commit_that_never_arrives_is_rolled_back_and_tried_again(FaultKind kind)
    {
        await using var database = await server.CopyAsync();
        using var proxy = new ChaosProxy(database.Settings.Port);
        var (engine, run) = await PlanAsync(database, proxy);
        var trap = proxy.Set(PausePoint.Commit, 0);
        var working = engine.ProcessChunkAsync(run, 0, CancellationToken.None);
        var connection = await trap.Caught.WaitAsync(Patience);
        if (kind == FaultKind.Cut)
        {
            connection.Cut();
        }
        else
        {
            connection.Silence();
        }

        trap.Release();
        var error = await Assert.ThrowsAsync<CmEtlException>(() => working.WaitAsync(Patience));
        Assert.Equal((ErrorKind.Transient, "08006"), (error.Kind, error.SqlState));
        Assert.Equal("pending 1 1", await ChunkAsync(database));
        Assert.Equal(2, (await engine.ProcessChunkAsync(run, 0, CancellationToken.None)).Attempt);
        Assert.Equal("done 2 1", await ChunkAsync(database));
    }

    [Fact]
    public async Task A_heartbeat_that_hangs_does_not_cost_the_lease()
    {
        await using var database = await server.CopyAsync();
        using var proxy = new ChaosProxy(database.Settings.Port);
        var heartbeat = new PausePoint("heartbeat", "RETURNING stop_requested_at IS NOT NULL");
        Task<EtlStatus> running;
        await using (await UpdateGate.CloseAsync(database))
        {
            var trap = proxy.Set(heartbeat, 0);
            running = database.RunAsync(change: s => Through(proxy, s) with { LeaseSeconds = 3 });
            (await trap.Caught.WaitAsync(Patience)).Silence();
            trap.Release();
            await database.UntilAsync("SELECT lease_until > started_at + interval '7 seconds' FROM cm_etl.run");
        }

        (await running).AssertCompleted();
    }

    private static async Task<(EtlEngine Engine, string RunId)> PlanAsync(EngineDatabase database, ChaosProxy proxy)
    {
        var engine = database.Engine(s => Through(proxy, s) with { MarkMode = MarkMode.SinglePass, LeaseSeconds = LeaseSeconds });
        var run = (await engine.BeginAsync(new StartRequest(), CancellationToken.None)).RunId;
        await engine.PlanAsync(run, CancellationToken.None);
        return (engine, run);
    }

    private static EtlSettings Through(ChaosProxy proxy, EtlSettings settings) => settings with { Port = proxy.Port, SslMode = "disable" };

    private static Task<string> ChunkAsync(EngineDatabase database) => database.ReadAsync<string>(
        "SELECT concat_ws(' ', state, attempt, failures) FROM cm_etl.chunk WHERE chunk_id = 0");
}
