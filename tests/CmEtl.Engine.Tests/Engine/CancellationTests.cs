namespace CmEtl.Engine.Tests.Engine;

/// <summary>A cancelled run also stops on the server and can be resumed.</summary>
[Collection(EngineTestGroup.Name)]
public sealed class CancellationTests(EngineServer server)
{
    private const string Working =
        "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'cm_etl' AND datname = current_database() AND state <> 'idle'";

    [Fact]
    public async Task A_run_cancelled_amid_its_chunks_is_stopped_everywhere_and_resumes()
    {
        await using var database = await server.CopyAsync();
        using var cancel = new CancellationTokenSource();
        EtlStatus stopped;
        await using (await UpdateGate.CloseAsync(database))
        {
            var running = database.Engine().RunAsync(new StartRequest(), null, cancel.Token);
            await database.UntilAsync(UpdateGate.Waiting);
            Assert.Equal(1, await database.ReadAsync<decimal>("SELECT \"InProgressFlag\" FROM conflict.settings"));
            await cancel.CancelAsync();
            stopped = await running.WaitAsync(TimeSpan.FromMinutes(1));
            Assert.Equal(RunState.Stopped, stopped.State);
            await database.UntilAsync($"({Working}) = 0");
        }

        Assert.Equal(2, await database.ReadAsync<decimal>("SELECT \"InProgressFlag\" FROM conflict.settings"));
        Assert.Equal(0, stopped.ChunksProcessing);
        Assert.Equal(0, await database.ReadAsync<int>("SELECT max(failures) FROM cm_etl.chunk"));
        var resumed = await database.CompleteAsync();
        Assert.Equal(stopped.RunId, resumed.RunId);
    }

    [Fact]
    public async Task A_single_chunk_that_is_cancelled_throws_and_goes_back()
    {
        await using var database = await server.CopyAsync();
        await BadRow.PlantAsync(database, "true");
        await database.RunAsync();
        await BadRow.RemoveAsync(database);
        using var cancel = new CancellationTokenSource();
        await using (await UpdateGate.CloseAsync(database))
        {
            var working = database.Engine().ProcessChunkAsync(null, 0, cancel.Token);
            await database.UntilAsync(UpdateGate.Waiting);
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => working.WaitAsync(TimeSpan.FromMinutes(1)));
        }

        var chunk = (await database.Engine().GetChunksAsync(null, CancellationToken.None))[0];
        Assert.Equal(ChunkState.Pending, chunk.State);
        var done = await database.Engine().ProcessChunkAsync(null, 0, CancellationToken.None);
        Assert.False(done.Skipped);
        Assert.Equal(chunk.EstimatedRows, done.RowsClaimed);
    }
}
