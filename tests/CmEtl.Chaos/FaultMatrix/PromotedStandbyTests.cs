using CmEtl.Engine;
using CmEtl.Engine.Tests.Engine;

namespace CmEtl.Chaos.FaultMatrix;

/// <summary>The server is lost during a run, and a standby that lacks the last chunks is promoted. The run is resumed there.</summary>
[Collection(MatrixGroup.Name)]
public sealed class PromotedStandbyTests(EngineServer server)
{
    [StandbyFact]
    public async Task A_run_resumes_on_a_promoted_standby_and_leaves_the_table_of_a_full_run()
    {
        foreach (var delta in (bool[])[false, true])
        {
            await using var database = await server.CopyAsync();
            await database.CompleteAsync(change: s => s with { Delta = delta, MarkMode = MarkMode.SinglePass });
            await database.ExecuteAsync("UPDATE analytics.dimcaregiver SET \"Status\" = 'Changed'; UPDATE conflict.conflictvisitmaps SET \"UpdateFlag\" = 1 WHERE \"ID\" % 5 = 0");
            var engine = database.Engine(s => s with { Delta = delta, MarkMode = MarkMode.SinglePass, LeaseSeconds = 1 });
            var run = (await engine.BeginAsync(new StartRequest(), default)).RunId;
            await engine.RunTask01Async(run, default);
            var chunks = await engine.PlanAsync(run, default);
            await using var standby = await Standby.StartAsync(server, database);
            await WorkAsync(chunks.Take(chunks.Count / 2));
            await standby.DisconnectAsync();
            await WorkAsync(chunks.Skip(chunks.Count / 2).Take(chunks.Count / 4));

            await standby.PromoteAsync();
            await using var promoted = await EngineDatabase.OpenAsync(
                database.Settings with { Port = standby.Port }, database.Owner with { Port = standby.Port }, () => Task.CompletedTask);
            Assert.InRange(await promoted.ReadAsync<long>("SELECT chunks_done FROM cm_etl.run_status ORDER BY started_at DESC LIMIT 1"), 1, (chunks.Count / 2) + 1);
            await promoted.UntilAsync("NOT EXISTS (SELECT FROM cm_etl.run WHERE state = 'running' AND lease_until > clock_timestamp())");
            var status = await promoted.CompleteAsync(change: s => s with { Delta = delta, MarkMode = MarkMode.SinglePass });

            Assert.Equal((run, 0L), (status.RunId, status.RowsMissed));
            var table = await TableHash.OfPairsAsync(promoted);
            await promoted.CompleteAsync(new StartRequest { New = true }, s => s with { Delta = false });
            Assert.Equal(await TableHash.OfPairsAsync(promoted), table);

            async Task WorkAsync(IEnumerable<ChunkInfo> some)
            {
                foreach (var chunk in some)
                {
                    await engine.ProcessChunkAsync(run, chunk.ChunkId, default);
                }
            }
        }
    }
}
