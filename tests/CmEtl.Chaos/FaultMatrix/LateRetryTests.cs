using CmEtl.Engine;
using CmEtl.Engine.Tests.Engine;

namespace CmEtl.Chaos.FaultMatrix;

/// <summary>An orchestrator retries a chunk while its first worker is still processing it.</summary>
[Collection(MatrixGroup.Name)]
public sealed class LateRetryTests(EngineServer server)
{
    [Fact]
    public async Task A_chunk_in_work_is_not_given_away_even_after_its_lease()
    {
        await using var database = await server.CopyAsync();
        var engine = database.Engine(s => s with { LeaseSeconds = 1 });
        var run = (await engine.BeginAsync(new StartRequest(), CancellationToken.None)).RunId;
        await engine.PlanAsync(run, CancellationToken.None);
        Task<ChunkResult> first;
        await using (await UpdateGate.CloseAsync(database))
        {
            first = engine.ProcessChunkAsync(run, 0, CancellationToken.None);
            await database.UntilAsync(UpdateGate.Waiting);
            await database.UntilAsync("SELECT lease_until < clock_timestamp() FROM cm_etl.chunk WHERE chunk_id = 0");
            var error = await Assert.ThrowsAsync<CmEtlException>(() => engine.ProcessChunkAsync(run, 0, CancellationToken.None));
            Assert.Equal((ErrorKind.Busy, "ChunkBusy"), (error.Kind, error.ErrorId));
        }

        Assert.Equal((1, false), ((await first).Attempt, (await first).Skipped));
        Assert.True((await engine.ProcessChunkAsync(run, 0, CancellationToken.None)).Skipped);
    }
}
