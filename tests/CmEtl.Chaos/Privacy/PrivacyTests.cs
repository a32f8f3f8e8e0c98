using CmEtl.Chaos.FaultMatrix;
using CmEtl.Engine;
using CmEtl.Engine.Tests.Engine;

namespace CmEtl.Chaos.Privacy;

/// <summary>Whatever fails, SSNs appear only in the tables to which they belong.</summary>
[Collection(MatrixGroup.Name)]
public sealed class PrivacyTests(EngineServer server)
{
    [Theory]
    [InlineData(MarkMode.TwoPhase)]
    [InlineData(MarkMode.SinglePass)]
    public async Task No_failure_reveals_an_SSN(MarkMode mode)
    {
        await Listener.AuditAsync(server);
        await using var database = await server.CopyAsync();
        var listener = await Listener.StartAsync(server, database);
        await using (listener)
        {
            foreach (var mishap in Mishap.All)
            {
                await mishap.HappenAsync(database, listener, s => s with { MarkMode = mode, MaxConcurrency = 1, TargetChunkSize = 400 });
            }

            await BeFencedAsync(database, listener);
            Assert.Equal(RunState.Completed, (await database.Engine().RunAsync(new StartRequest { New = true }, listener, default)).State);
            await listener.AskAsync(default);
            await database.CloseEnginesAsync();
        }

        Assert.All(
            (string[])[Listener.ServerLog, Listener.Activity, Listener.CommandLines, Listener.Progress, Listener.Ledger, "log", "status", "plan", "exception"],
            place => Assert.True(listener.Heard.From(place), place));
        Assert.Empty(listener.Heard.Leaks);
    }

    /// <summary>
    /// Negative control: without sql/roles/limits.sql the listener does find SSNs. On a server with these settings the script is necessary.
    /// </summary>
    [Fact]
    public async Task Without_the_limits_the_servers_log_would_tell()
    {
        await Listener.AuditAsync(server);
        await using var database = await server.CopyAsync();
        var listener = await Listener.StartAsync(server, database);
        await using (listener)
        {
            await database.RunAsync(change: s => database.Owner);
        }

        Assert.StartsWith(Listener.ServerLog, Assert.Single(listener.Heard.Leaks), StringComparison.Ordinal);
    }

    [Fact]
    public void An_SSN_in_any_line_is_found()
    {
        var heard = new Heard(new HashSet<string> { "912345678", "9'7654321" });
        heard.Add("log", "912345679 91234567 2026-11-23T09:12:34.5678");
        Assert.Empty(heard.Leaks);
        heard.Add("log", "Chunk 3: begins at 912-34-5678");
        heard.Add("log", "run1912345678");
        heard.Add("status", "{\"Reason\":\"9'7654321\"}");
        Assert.Equal(["log: 2", "status: 1"], heard.Leaks);
    }

    /// <summary>A worker whose chunk is reset while the worker is frozen.</summary>
    private static async Task BeFencedAsync(EngineDatabase database, Listener listener)
    {
        var engine = database.Engine();
        var run = (await engine.BeginAsync(new StartRequest { New = true }, default)).RunId;
        await engine.PlanAsync(run, default);
        await using var worker = new Parts(database.Settings);
        await using var connection = await worker.OpenAsync();
        var chunk = (await worker.Chunks.ClaimNextAsync(connection, run, "away", default))!;
        foreach (var reset in await engine.ResetAsync(new ResetRequest { Force = true, Reason = "test" }, default))
        {
            listener.Tell("reset", reset);
        }

        listener.Heard.Add("claim", chunk.ToString());
        listener.Tell(await Assert.ThrowsAsync<CmEtlException>(
            async () => await worker.Chunks.HoldAsync(connection, await worker.Runs.ReadAsync(run, default), chunk, default)));
        listener.Report(await engine.StopAsync(run, abandon: true, force: true, "test", default));
    }
}
