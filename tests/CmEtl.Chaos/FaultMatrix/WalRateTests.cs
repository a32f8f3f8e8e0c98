using CmEtl.Engine.Tests.Engine;

namespace CmEtl.Chaos.FaultMatrix;

/// <summary>The run itself writes more WAL than the setting allows.</summary>
[Collection(MatrixGroup.Name)]
public sealed class WalRateTests(EngineServer server)
{
    private const string BackedOff = "SELECT count(*) FROM noted WHERE reason LIKE 'backing off to 1 of 4 workers: the server writes % MB of WAL a second'";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_run_that_writes_too_much_backs_off_unless_it_shall_not_and_completes(bool backOff)
    {
        await using var database = await server.CopyAsync();
        await TakeDownReasonsAsync(database);

        await database.CompleteAsync(change: s => s with
        {
            TargetChunkSize = 20, MaxConcurrency = 4, PressureIntervalSeconds = 0.1, MaxWalMegabytesPerSecond = 0.05, BackOff = backOff,
        });

        Assert.Equal(backOff, await database.ReadAsync<long>(BackedOff) > 0);
        Assert.Equal(backOff, await database.ReadAsync<long>("SELECT count(*) FROM noted") > 0);
        Assert.Equal(backOff, database.Log.Lines.Any(l => l.Contains("MB of WAL a second", StringComparison.Ordinal)));
    }

    /// <summary>All reasons that the status has shown.</summary>
    private static Task<int> TakeDownReasonsAsync(EngineDatabase database) => database.ExecuteAsync(
        """
        CREATE TABLE noted (reason text);
        CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN INSERT INTO public.noted VALUES (NEW.reason); RETURN NULL; END $$;
        CREATE TRIGGER note AFTER UPDATE OF reason ON cm_etl.run FOR EACH ROW WHEN (NEW.state = 'running' AND NEW.reason <> '') EXECUTE FUNCTION note();
        """);
}
