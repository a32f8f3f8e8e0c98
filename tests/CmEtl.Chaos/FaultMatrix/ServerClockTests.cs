using CmEtl.Chaos.World;
using CmEtl.Engine;
using CmEtl.Engine.Tests.Engine;

namespace CmEtl.Chaos.FaultMatrix;

/// <summary>The clock of the database server is set back by two hours during a run, and forward again.</summary>
public sealed class ServerClockTests
{
    [FakeClockFact]
    public async Task A_clock_that_is_set_back_or_forward_changes_no_result()
    {
        Assert.NotNull(FakeClockFactAttribute.Library);
        var server = new EngineServer();
        await server.InitializeAsync();
        try
        {
            string folder;
            await using (var probe = await server.CopyAsync())
            {
                folder = Path.GetDirectoryName(server.LogFile)!;
                var control = new ServerControl(folder, probe.Settings.Port);
                await control.StopAsync();
                await SetAsync("+2h");
                await control.StartAsync(
                    $"LD_PRELOAD={FakeClockFactAttribute.Library}", $"FAKETIME_TIMESTAMP_FILE={Clock()}", "FAKETIME_NO_CACHE=1", "DONT_FAKE_MONOTONIC=1");
            }

            foreach (var delta in (bool[])[false, true])
            {
                await using var database = await server.CopyAsync();
                EtlSettings Mode(EtlSettings s) =>
                    s with { Delta = delta, MarkMode = delta ? MarkMode.SinglePass : MarkMode.TwoPhase, LeaseSeconds = 5 };
                await SetAsync("+2h");
                await database.CompleteAsync(change: Mode);
                Assert.InRange(await database.NowAsync() - DateTime.UtcNow, TimeSpan.FromMinutes(110), TimeSpan.FromMinutes(130));
                await database.ExecuteAsync("UPDATE analytics.dimcaregiver SET \"Status\" = 'Changed'");
                var engine = database.Engine(Mode);
                var run = (await engine.BeginAsync(new StartRequest(), default)).RunId;
                await engine.RunTask01Async(run, default);
                var chunks = await engine.PlanAsync(run, default);
                for (var i = 0; i < chunks.Count; i++)
                {
                    await SetAsync(i < chunks.Count / 3 || i > 2 * chunks.Count / 3 ? "+2h" : "+0");
                    await engine.ProcessChunkAsync(run, chunks[i].ChunkId, default);
                }

                await SetAsync("+0");
                var status = await engine.FinishAsync(run, default);
                Assert.Equal((RunState.Completed, 0L), (status.State, status.RowsMissed));
                var table = await TableHash.OfPairsAsync(database);

                var next = await database.CompleteAsync(change: Mode);
                Assert.NotEqual(run, next.RunId);
                Assert.Equal(table, await TableHash.OfPairsAsync(database));
                Assert.True(next.SweepSafe, next.Reason);
                var newest = await database.Engine().GetStatusAsync(null, default);
                Assert.Equal((next.RunId, true), (newest.RunId, newest.SweepSafe));
                Assert.False((await database.Engine().GetStatusAsync(run, default)).SweepSafe);
            }

            Task SetAsync(string offset) => File.WriteAllTextAsync(Clock(), offset);

            string Clock() => Path.Combine(folder, "clock");
        }
        finally
        {
            await server.DisposeAsync();
        }
    }
}
