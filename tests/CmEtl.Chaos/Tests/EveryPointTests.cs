using CmEtl.Chaos.Faults;
using CmEtl.Chaos.World;

namespace CmEtl.Chaos.Tests;

/// <summary>Every fault at every point of a chunk's processing, before and after the server has received the worker's message.</summary>
[Collection(ChaosTestGroup.Name)]
public sealed class EveryPointTests(ChaosWorld world)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_worker_that_is_killed_loses_and_doubles_nothing()
    {
        var (verdict, counts) = await RunAsync([FaultKind.Kill], milliseconds: 0);
        Assert.True(verdict.Clean, verdict.ToString());
        Assert.Equal(2 * PausePoint.All.Count, counts.Kills);
    }

    [Fact]
    public async Task A_worker_that_sleeps_longer_than_its_lease_changes_nothing_when_it_wakes()
    {
        var (verdict, counts) = await RunAsync([FaultKind.Freeze], milliseconds: 1_500);
        Assert.True(verdict.Clean, verdict.ToString());
        Assert.Equal(2 * PausePoint.All.Count, counts.Zombies);
    }

    [Fact]
    public async Task A_session_that_is_ended_by_the_server_or_by_the_network_is_tried_again()
    {
        var (verdict, counts) = await RunAsync([FaultKind.Terminate, FaultKind.Cut, FaultKind.DropReply], milliseconds: 0);
        Assert.True(verdict.Clean, verdict.ToString());
        Assert.Equal((2 * PausePoint.All.Count, 4 * PausePoint.All.Count), (counts.Terminated, counts.Cut));
    }

    [Fact]
    public async Task A_server_that_is_stopped_outright_takes_nothing_with_it()
    {
        var (verdict, counts) = await RunAsync([], milliseconds: 0, restarts: 2);
        Assert.True(verdict.Clean, verdict.ToString());
        Assert.Equal(2, counts.Restarts);
    }

    private async Task<(Verdict Verdict, ChaosCounts Counts)> RunAsync(FaultKind[] kinds, int milliseconds, int restarts = 0)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        await world.Database.RestoreAsync(deadline.Token);
        var plan = FaultPlan.Of(
            from point in PausePoint.All from kind in kinds from delivered in (bool[])[true, false]
            select new Fault(kind, point, 0, milliseconds, delivered));
        var counts = new ChaosCounts();
        await new Round(world.Database, new ChaosOptions(), plan, restarts, counts).RunAsync("tonight", inOnePass: false, deadline.Token);
        Assert.Equal(0, plan.Left);
        return (await world.Database.JudgeAsync(deadline.Token), counts);
    }
}
