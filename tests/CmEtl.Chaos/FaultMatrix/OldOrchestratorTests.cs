using CmEtl.Engine;
using CmEtl.Engine.Tests.Engine;

namespace CmEtl.Chaos.FaultMatrix;

/// <summary>
/// An orchestrator that was frozen beyond its lease continues while another start leads the run. It must not end the run, or set or clear
/// any mark.
/// </summary>
[Collection(MatrixGroup.Name)]
public sealed class OldOrchestratorTests(EngineServer server)
{
    [Fact]
    public async Task It_does_not_end_the_run_of_its_successor()
    {
        await using var database = await server.CopyAsync();
        await using var parts = new Parts(database.Settings);
        var old = (await parts.Steps.BeginAsync(new StartRequest(), CancellationToken.None)).Run;
        await parts.Steps.PlanAsync(old, CancellationToken.None);
        await TakeOverAsync(database);
        await parts.Steps.VerifyAsync(old, _ => Task.CompletedTask, CancellationToken.None);
        Assert.Equal("running", await database.ReadAsync<string>("SELECT state FROM cm_etl.run"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_releases_no_marks_of_its_successor(bool takenOver)
    {
        await using var database = await server.CopyAsync();
        await BadRow.PlantAsync(database, "true");
        await database.RunAsync();
        await using var parts = new Parts(database.Settings);
        var old = await parts.Steps.BeginAsync(new StartRequest { New = true }, CancellationToken.None);
        if (takenOver)
        {
            await TakeOverAsync(database);
        }

        const string Marks = "SELECT count(*) FROM conflict.conflictvisitmaps WHERE \"UpdateFlag\" = 1";
        var before = await database.ReadAsync<long>(Marks);
        await parts.Repair.ReleaseRunAsync(old.Replaced!, old.Run, CancellationToken.None);
        Assert.True(before > 0);
        Assert.Equal(takenOver, await database.ReadAsync<long>(Marks) == before);
    }

    [Fact]
    public async Task Who_joined_a_run_leads_it_on_when_the_one_that_took_it_over_is_gone()
    {
        await using var database = await server.CopyAsync();
        Task<EtlStatus> joined;
        await using (await UpdateGate.CloseAsync(database))
        {
            var leading = database.RunAsync(new StartRequest { RunId = "tonight" }, s => s with { LeaseSeconds = 2 });
            await database.UntilAsync(UpdateGate.Waiting);
            joined = database.RunAsync(new StartRequest { RunId = "tonight" }, s => s with { LeaseSeconds = 2 });
            await database.UntilAsync("SELECT count(*) > 2 FROM cm_etl.chunk WHERE state = 'processing'");
            await TakeOverAsync(database);
            await leading.WaitAsync(TimeSpan.FromMinutes(1));
            Assert.False(joined.IsCompleted);
        }

        Assert.Equal(RunState.Completed, (await joined.WaitAsync(TimeSpan.FromMinutes(3))).State);
    }

    /// <summary>The effect of a resume by a process that has died since.</summary>
    private static Task<int> TakeOverAsync(EngineDatabase database) => database.ExecuteAsync(
        "UPDATE cm_etl.run SET attempt = attempt + 1, lease_until = clock_timestamp() - interval '1 minute' WHERE state = 'running'");
}
