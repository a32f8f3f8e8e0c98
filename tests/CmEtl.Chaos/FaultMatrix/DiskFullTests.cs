using CmEtl.Engine;
using CmEtl.Engine.Tests.Engine;
using CmEtl.Engine.Tests.Model;

namespace CmEtl.Chaos.FaultMatrix;

/// <summary>The disk of the table becomes full during a run.</summary>
[Collection(MatrixGroup.Name)]
public sealed class DiskFullTests(EngineServer server)
{
    private const int RoomLeft = 300_000;

    [SmallDiskFact]
    public async Task A_full_disk_pauses_the_run_until_there_is_room()
    {
        await using var disk = await SmallDisk.MountAsync();
        await using (var database = await server.CopyAsync())
        {
            await database.ExecuteAsync($"CREATE TABLESPACE small LOCATION '{disk.Path}'");
            await database.ExecuteAsync("ALTER TABLE conflict.conflictvisitmaps SET TABLESPACE small");
            var expected = await ReferenceModel.ComputeAsync(database.Connection, await database.WindowAsync());
            var start = await database.NowAsync();
            disk.Fill(RoomLeft);

            var paused = await database.RunAsync(change: s => s with { RetryMaxAttempts = 20 });

            Assert.Equal(RunState.Failed, paused.State);
            Assert.Contains("the server's disk is full (SqlState 53100)", paused.Reason, StringComparison.Ordinal);
            Assert.Contains("Free disk space", paused.Reason, StringComparison.Ordinal);
            // Each worker met the error once and ended.
            Assert.InRange(await database.ReadAsync<long>("SELECT count(*) FROM cm_etl.event WHERE reason LIKE '%53100%' AND chunk_id IS NOT NULL"), 1, 2);

            disk.Clear();
            Assert.Equal(paused.RunId, (await database.CompleteAsync()).RunId);
            var comparison = await TableComparer.CompareAsync(expected, database.Connection, start);
            Assert.True(comparison.Total == 0, comparison.ToString());
            await database.ExecuteAsync("ALTER TABLE conflict.conflictvisitmaps SET TABLESPACE pg_default");
            await database.ExecuteAsync("DROP TABLESPACE small");
        }
    }
}
