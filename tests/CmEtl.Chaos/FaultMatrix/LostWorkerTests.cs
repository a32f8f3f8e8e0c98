using CmEtl.Engine;
using CmEtl.Engine.Tests.Engine;

namespace CmEtl.Chaos.FaultMatrix;

/// <summary>A chunk that kills its worker at every attempt, so that no failure is ever recorded.</summary>
[Collection(MatrixGroup.Name)]
public sealed class LostWorkerTests(EngineServer server)
{
    [Fact]
    public async Task A_chunk_that_kills_its_workers_is_given_up_and_named_and_the_next_start_does_it()
    {
        await using var database = await server.CopyAsync();
        await using var parts = new Parts(database.Settings with { LeaseSeconds = 1 });
        var run = (await parts.Steps.BeginAsync(new StartRequest { RunId = "tonight" }, CancellationToken.None)).Run;
        await parts.Steps.PlanAsync(run, CancellationToken.None);
        for (var loss = 0; loss <= database.Settings.RetryMaxAttempts; loss++)
        {
            await using var connection = await parts.OpenAsync();
            Assert.Equal(0, (await parts.Chunks.ClaimOneAsync(connection, run.RunId, 0, "dies", CancellationToken.None))?.ChunkId);
            await database.UntilAsync("SELECT lease_until < clock_timestamp() FROM cm_etl.chunk WHERE chunk_id = 0");
        }

        var failed = await database.RunAsync(new StartRequest { RunId = "tonight" });

        Assert.Equal((RunState.Failed, 1, failed.ChunksTotal - 1), (failed.State, failed.ChunksFailed, failed.ChunksDone));
        Assert.Contains("chunk 0: the worker of the last attempt died", failed.Reason, StringComparison.Ordinal);
        await database.CompleteAsync();
    }
}
