using CmEtl.Engine;
using CmEtl.Engine.Tests.Engine;

namespace CmEtl.Chaos.FaultMatrix;

/// <summary>A version that would compute other values than those already written does not work on a run.</summary>
[Collection(MatrixGroup.Name)]
public sealed class OtherVersionTests(EngineServer server)
{
    [Theory]
    [InlineData("sql_hash", "another version")]
    [InlineData("settings_hash", "other settings")]
    public async Task No_step_and_no_chunk_of_it_is_taken(string hash, string what)
    {
        await using var database = await server.CopyAsync();
        var engine = database.Engine(s => s with { LeaseSeconds = 600 });
        var run = (await engine.BeginAsync(new StartRequest { RunId = "tonight" }, CancellationToken.None)).RunId;
        await engine.PlanAsync(run, CancellationToken.None);
        await database.ExecuteAsync($"UPDATE cm_etl.run SET {hash} = 'other'");
        Func<Task>[] calls =
        [
            () => engine.ProcessChunkAsync(run, 0, CancellationToken.None),
            () => engine.RunTask01Async(run, CancellationToken.None),
            () => engine.FinishAsync(run, CancellationToken.None),
            () => engine.RunAsync(new StartRequest { RunId = run }, null, CancellationToken.None),
        ];
        foreach (var call in calls)
        {
            var error = await Assert.ThrowsAsync<CmEtlException>(call);
            Assert.Equal((ErrorKind.Configuration, "RunOfOtherKind", run), (error.Kind, error.ErrorId, error.Subject));
            Assert.Contains(what, error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(0, await database.ReadAsync<int>("SELECT max(attempt) FROM cm_etl.chunk"));
    }
}
