namespace CmEtl.Engine.Tests.Engine;

/// <summary>What happens while runs with delta are going on, and between them other than a change of data.</summary>
[Collection(DeltaTestGroup.Name)]
public sealed class DeltaTimeTests(EngineServer server)
{
    private const string LaterVisits =
        """
        UPDATE analytics.factvisitcallperformance_cr AS v SET "Billed Hours" = 66
         WHERE NOT EXISTS (SELECT FROM cm_etl.chunk AS k WHERE k.state IN ('processing', 'done')
                              AND k.run_id = (SELECT run_id FROM cm_etl.run WHERE state = 'running')
                              AND v."Visit Date" BETWEEN k.first_date AND k.last_date)
        """;

    [Fact]
    public async Task What_changes_before_a_chunks_turn_is_seen_by_it()
    {
        await using var database = await server.CopyAsync();
        await database.CompleteAsync(change: One);
        await WhileAsync(database, LaterVisits);
        await EqualsFullRunAsync(database);
    }

    [Fact]
    public async Task What_changes_after_a_chunk_is_done_is_seen_by_the_next_run()
    {
        await using var database = await server.CopyAsync();
        await database.CompleteAsync(change: One);
        await WhileAsync(database, """UPDATE analytics.dimoffice SET "Office Name" = 'Changed'; UPDATE conflict.mph SET "AverageMilesPerHour" = 9""");
        await database.CompleteAsync(change: One);
        await EqualsFullRunAsync(database);
    }

    [Theory]
    [InlineData("CREATE TABLE public.away AS SELECT * FROM analytics.dimoffice; DELETE FROM analytics.dimoffice", "INSERT INTO analytics.dimoffice SELECT * FROM public.away", "DELETE FROM analytics.dimoffice")]
    [InlineData("SELECT 1", """UPDATE conflict.mph SET "AverageMilesPerHour" = "AverageMilesPerHour" * 3""", """UPDATE conflict.mph SET "AverageMilesPerHour" = "AverageMilesPerHour" / 3""")]
    public async Task What_was_there_only_for_some_chunks_of_the_base_run_is_noticed(string before, string meanwhile, string afterwards)
    {
        await using var database = await server.CopyAsync();
        await database.ExecuteAsync(before);
        await WhileAsync(database, meanwhile);
        await database.ExecuteAsync(afterwards);
        await database.CompleteAsync(change: One);
        await EqualsFullRunAsync(database);
    }

    [Fact]
    public async Task A_run_that_was_given_up_in_between_is_no_base_and_what_it_wrote_is_recomputed()
    {
        await using var database = await server.CopyAsync();
        var first = await database.CompleteAsync(change: One);
        await database.ExecuteAsync("""UPDATE analytics.dimpatient SET "Patient Name" = 'Changed' WHERE md5("Patient Id") < '8'""");
        Task<EtlStatus> running;
        await using (await UpdateGate.CloseAsync(database))
        {
            running = database.RunAsync(change: One);
            await database.UntilAsync(UpdateGate.Waiting);
            await database.Engine(One).StopAsync(null, abandon: false, force: false, "", CancellationToken.None);
        }

        Assert.Equal(RunState.Stopped, (await running).State);
        await database.ExecuteAsync("""UPDATE analytics.dimpatient SET "Patient Name" = 'Again' WHERE md5("Patient Id") < '5'""");
        await database.CompleteAsync(new StartRequest { New = true }, One);
        Assert.Equal(first.RunId, await database.ReadAsync<string>("SELECT delta_of FROM cm_etl.run ORDER BY started_at DESC LIMIT 1"));
        await EqualsFullRunAsync(database);
    }

    [Theory]
    [InlineData("SELECT 1", true)]
    [InlineData("UPDATE cm_etl.run SET settings_hash = 'other'", false)]
    [InlineData("UPDATE cm_etl.run SET time_zone = 'Europe/Paris'", false)]
    [InlineData("UPDATE cm_etl.run SET state = 'failed', reason = 'x'", false)]
    [InlineData("UPDATE cm_etl.run SET baseline = NULL", false)]
    [InlineData("UPDATE cm_etl.run SET baseline = '9000000000'", false)]
    [InlineData("UPDATE cm_etl.chunk SET versions = NULL WHERE chunk_id = 1", false)]
    [InlineData("""UPDATE cm_etl.chunk SET versions = versions || '{"reference": "of another cluster"}' WHERE chunk_id = 1""", false)]
    public async Task Only_a_completed_run_of_the_same_kind_is_a_base(string change, bool isBase)
    {
        await using var database = await server.CopyAsync();
        await database.CompleteAsync(change: One);
        await database.ExecuteAsync(change);
        await database.CompleteAsync(new StartRequest { New = true }, One);
        Assert.Equal(isBase, await database.ReadAsync<bool>("SELECT delta_of IS NOT NULL FROM cm_etl.run ORDER BY started_at DESC LIMIT 1"));
        Assert.Equal(isBase ? 1 : 0, await database.ReadAsync<long>("SELECT count(*) FROM cm_etl.event WHERE kind = 'delta' AND reason LIKE 'against run%'"));
    }

    private static async Task WhileAsync(EngineDatabase database, string change)
    {
        Task<EtlStatus> running;
        await using (await UpdateGate.CloseAsync(database))
        {
            running = database.RunAsync(change: One);
            await database.UntilAsync(UpdateGate.Waiting);
            await database.ExecuteAsync(change);
        }

        Assert.Equal(RunState.Completed, (await running).State);
    }

    private static async Task EqualsFullRunAsync(EngineDatabase database)
    {
        var table = await TableHash.OfPairsAsync(database);
        await database.CompleteAsync(change: DeltaTests.Full);
        Assert.Equal(await TableHash.OfPairsAsync(database), table);
    }

    private static EtlSettings One(EtlSettings settings) => DeltaTests.Delta(settings) with { MaxConcurrency = 1, TargetChunkSize = 200 };
}
