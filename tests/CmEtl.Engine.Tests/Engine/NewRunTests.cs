namespace CmEtl.Engine.Tests.Engine;

/// <summary>When an unfinished run is replaced instead of resumed.</summary>
[Collection(EngineTestGroup.Name)]
public sealed class NewRunTests(EngineServer server)
{
    [Fact]
    public async Task New_abandons_the_old_run_and_releases_its_marks()
    {
        await using var database = await server.CopyAsync();
        var old = await FailAsync(database);
        Assert.True(old.RowsLocked > 0);
        var fresh = await database.CompleteAsync(new StartRequest { New = true });
        Assert.NotEqual(old.RunId, fresh.RunId);
        Assert.Equal("abandoned", await StateAsync(database, old));
        Assert.True(await database.ReadAsync<long>(
            $"SELECT rows FROM cm_etl.event WHERE run_id = '{old.RunId}' AND kind = 'marks released'") >= old.RowsLocked);
        Assert.Equal(fresh.RowsPlanned, fresh.RowsConfirmed + fresh.RowsUnconfirmed + fresh.RowsDeferred);
        var undone = await UndoneAsync(database, old);
        var error = await Assert.ThrowsAsync<CmEtlException>(() => database.Engine()
            .ProcessChunkAsync(old.RunId, undone, CancellationToken.None));
        Assert.Equal("RunFinished", error.ErrorId);
    }

    [Fact]
    public async Task Other_settings_replace_the_run_and_say_so()
    {
        await using var database = await server.CopyAsync();
        var old = await FailAsync(database);
        var fresh = await database.CompleteAsync(change: s => s with { LookbackYears = 1 });
        Assert.NotEqual(old.RunId, fresh.RunId);
        Assert.Equal("replaced by a start with other settings", await ReasonAsync(database, old));
    }

    [Fact]
    public async Task Settings_that_do_not_change_the_result_do_not_replace_the_run()
    {
        await using var database = await server.CopyAsync();
        var old = await FailAsync(database);
        var resumed =
            await database.CompleteAsync(change: s => s with { MaxConcurrency = 1, TargetChunkSize = 50, MarkMode = MarkMode.SinglePass });
        Assert.Equal((old.RunId, old.ChunksTotal, MarkMode.TwoPhase), (resumed.RunId, resumed.ChunksTotal, resumed.MarkMode));
    }

    [Theory]
    [InlineData(21, false)]
    [InlineData(19, true)]
    public async Task A_run_is_resumed_up_to_the_maximum_age(int hours, bool expected)
    {
        await using var database = await server.CopyAsync();
        var old = await FailAsync(database);
        await database.ExecuteAsync($"UPDATE cm_etl.run SET started_at = started_at - interval '{hours} hours'");
        var next = await database.CompleteAsync();
        Assert.Equal(expected, next.RunId == old.RunId);
        if (!expected)
        {
            Assert.Equal("replaced: older than the 20 hours up to which a run is resumed", await ReasonAsync(database, old));
        }
    }

    [Fact]
    public async Task Another_version_of_the_statements_replaces_the_run()
    {
        await using var database = await server.CopyAsync();
        var old = await FailAsync(database);
        await database.ExecuteAsync("UPDATE cm_etl.run SET sql_hash = 'another'");
        Assert.NotEqual(old.RunId, (await database.CompleteAsync()).RunId);
        Assert.Equal("replaced by a start of another version", await ReasonAsync(database, old));
    }

    private static async Task<EtlStatus> FailAsync(EngineDatabase database)
    {
        await BadRow.PlantAsync(database, "OLD.\"ID\" % 40 = 1");
        var failed = await database.RunAsync();
        Assert.Equal(RunState.Failed, failed.State);
        await BadRow.RemoveAsync(database);
        return failed;
    }

    private static Task<string> StateAsync(EngineDatabase database, EtlStatus run) =>
        database.ReadAsync<string>($"SELECT state FROM cm_etl.run WHERE run_id = '{run.RunId}'");

    private static Task<int> UndoneAsync(EngineDatabase database, EtlStatus run) =>
        database.ReadAsync<int>($"SELECT min(chunk_id) FROM cm_etl.chunk WHERE run_id = '{run.RunId}' AND state <> 'done'");

    private static Task<string> ReasonAsync(EngineDatabase database, EtlStatus run) =>
        database.ReadAsync<string>($"SELECT reason FROM cm_etl.event WHERE run_id = '{run.RunId}' AND kind = 'run abandoned'");
}
