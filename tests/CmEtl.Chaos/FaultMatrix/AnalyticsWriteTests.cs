using CmEtl.Engine;
using CmEtl.Engine.Tests.Engine;
using CmEtl.Engine.Tests.Model;

namespace CmEtl.Chaos.FaultMatrix;

/// <summary>
/// The analytics tables change while a chunk is computed. The chunk stores their state as of one point in time, never a mix.
/// </summary>
[Collection(MatrixGroup.Name)]
public sealed class AnalyticsWriteTests(EngineServer server)
{
    [Theory]
    [InlineData(MarkMode.TwoPhase)]
    [InlineData(MarkMode.SinglePass)]
    public async Task A_chunk_is_as_if_it_had_run_before_the_change(MarkMode mode)
    {
        await using var database = await server.CopyAsync();
        var before = await ReferenceModel.ComputeAsync(database.Connection, await database.WindowAsync());
        var start = await database.NowAsync();
        Task<EtlStatus> running;
        await using (await UpdateGate.CloseAsync(database))
        {
            running = database.RunAsync(new StartRequest { Phase = Phase.Sequential }, s => s with { MarkMode = mode });
            await database.UntilAsync(UpdateGate.Waiting);
            await database.ExecuteAsync(
                """
                UPDATE analytics.dimcaregiver SET "Caregiver Fullname" = 'Changed', "Status" = 'Changed';
                UPDATE analytics.factvisitcallperformance_cr SET "Bill Type" = 'changed', "Is Missed" = NOT "Is Missed";
                """);
        }

        (await running).AssertCompleted();
        var comparison = await TableComparer.CompareAsync(before, database.Connection, start);
        Assert.True(comparison.Total == 0, comparison.ToString());
    }
}
