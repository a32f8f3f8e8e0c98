using CmEtl.Engine.Tests.Engine;
using CmEtl.Engine.Tests.Indexes;
using CmEtl.Engine.Tests.Ledger;
using CmEtl.Engine.Tests.Model;

namespace CmEtl.Engine.Tests.Versions;

/// <summary>
/// The oldest and the newest supported PostgreSQL give the results of the model. All other tests use the installed version.
/// </summary>
public abstract class ServerVersionTests(EngineServer server, int major)
{
    [NodeFact]
    public async Task The_server_is_of_that_version_and_passes_the_preflight()
    {
        await using var database = await server.CopyAsync();

        Assert.StartsWith($"{major}.", await database.ReadAsync<string>("SHOW server_version"), StringComparison.Ordinal);
        Assert.DoesNotContain(await database.Engine().CheckAsync(CancellationToken.None), f => f.Severity != FindingSeverity.Information);
    }

    [NodeTheory]
    [InlineData(Phase.Sequential, MarkMode.TwoPhase, false)]
    [InlineData(Phase.Chunked, MarkMode.TwoPhase, false)]
    [InlineData(Phase.Chunked, MarkMode.SinglePass, false)]
    [InlineData(Phase.Chunked, MarkMode.SinglePass, true)]
    public async Task A_run_agrees_with_the_model(Phase phase, MarkMode mode, bool skip)
    {
        await using var database = await server.CopyAsync();
        var expected = await ReferenceModel.ComputeAsync(database.Connection, await database.WindowAsync());
        var start = await database.NowAsync();

        await database.CompleteAsync(new StartRequest { Phase = phase }, s => s with { MarkMode = mode, SkipUnchanged = skip });

        var comparison = await TableComparer.CompareAsync(expected, database.Connection, start);
        Assert.True(comparison.Total == 0, comparison.ToString());
    }

    [NodeFact]
    public async Task A_delta_run_gives_the_result_of_a_full_run()
    {
        var tables = new List<string>();
        foreach (var delta in (bool[])[true, false])
        {
            await using var database = await server.CopyAsync();
            EtlSettings With(EtlSettings s) => s with { MarkMode = MarkMode.SinglePass, Delta = delta };
            await database.CompleteAsync(change: With);
            await database.ExecuteAsync("""
                UPDATE analytics.dimpatientaddress SET "Latitude" = "Latitude" + 1 WHERE mod(abs(hashtext("Patient Id")), 9) = 0;
                UPDATE analytics.factvisitcallperformance_cr SET "Visit End Time" = "Visit End Time" + interval '3 hours' WHERE mod(abs(hashtext("Visit Id")), 9) = 0
                """);
            var status = await database.CompleteAsync(change: With);
            Assert.Equal(delta, status.DeltaOf.Length > 0);
            tables.Add(await TableHash.OfPairsAsync(database));
        }

        Assert.Equal(tables[1], tables[0]);
    }

    [NodeFact]
    public async Task A_released_ledger_becomes_the_newest()
    {
        await using var database = await LedgerWorld.SetAsideAsync(server);
        await LedgerWorld.CreateAsync(database, 1, checksums: false);

        await LedgerWorld.Owner(database).InitializeAsync(false, CancellationToken.None);

        await LedgerWorld.GrantAsync(database);
        Assert.Equal(await LedgerCatalog.ReadAsync(database, "fresh"), await LedgerCatalog.ReadAsync(database, "cm_etl"));
        await database.CompleteAsync();
    }

    [NodeFact]
    public async Task Indexes_are_created_on_partitions_too()
    {
        await using var database = await server.CopyAsync();
        await IndexWorld.DropAllAsync(database);
        await IndexWorld.PartitionPairsAsync(database);

        Assert.Equal(11, (await LedgerWorld.Owner(database).InitializeAsync(indexes: true, CancellationToken.None)).Count);
        Assert.Empty(await LedgerWorld.Owner(database).InitializeAsync(indexes: true, CancellationToken.None));
    }
}

public sealed class Postgres14Tests(Postgres14Server server) : ServerVersionTests(server, 14), IClassFixture<Postgres14Server>;

public sealed class Postgres18Tests(Postgres18Server server) : ServerVersionTests(server, 18), IClassFixture<Postgres18Server>;
