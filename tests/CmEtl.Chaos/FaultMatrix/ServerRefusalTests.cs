using System.Globalization;
using CmEtl.Engine;
using CmEtl.Engine.Tests.Engine;

namespace CmEtl.Chaos.FaultMatrix;

/// <summary>The server refuses what it allowed before: a privilege is revoked during a run, or there are too few connections.</summary>
[Collection(MatrixGroup.Name)]
public sealed class ServerRefusalTests(EngineServer server)
{
    [Theory]
    [InlineData("REVOKE UPDATE ON conflict.conflictvisitmaps FROM {0}", 1, "42501", "a privilege is missing")]
    // A loader that replaces a table in several transactions removes it for a moment.
    [InlineData("DROP TABLE analytics.dimoffice CASCADE", 3, "42P01", "a table or schema is missing")]
    [InlineData("ALTER TABLE analytics.dimoffice DROP COLUMN \"Office Name\" CASCADE", 3, "42703", "a column is missing")]
    public async Task A_revoked_privilege_is_not_retried_and_a_missing_table_a_few_times(
        string damage, int attempts, string sqlState, string meaning)
    {
        await using var database = await server.CopyAsync();
        await using var role = await PlainRole.CreateAsync(database);
        var gate = await UpdateGate.CloseAsync(database);
        var running =
            database.RunAsync(change: s => PlainRole.Apply(s) with { MaxConcurrency = 1, RetryMaxAttempts = 2, RetryIntervalSeconds = 0.1 });
        await database.UntilAsync(UpdateGate.Waiting);
        // It may have to wait for the running chunk.
        var damaging = await database.StartAsync(string.Format(CultureInfo.InvariantCulture, damage, PlainRole.Name));
        await gate.DisposeAsync();
        await damaging;

        var failed = await running.WaitAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(RunState.Failed, failed.State);
        Assert.Contains($"{meaning} (SqlState {sqlState})", failed.Reason, StringComparison.Ordinal);
        Assert.InRange(await database.ReadAsync<int>("SELECT max(attempt) FROM cm_etl.chunk"), 1, attempts);
    }

    [Fact]
    public async Task With_fewer_connections_than_workers_the_run_continues_with_fewer()
    {
        await using var database = await server.CopyAsync();
        await using var role = await PlainRole.CreateAsync(database, connections: 4);
        Task<EtlStatus> running;
        // No worker with a connection finishes before the others ask for one.
        await using (await UpdateGate.CloseAsync(database))
        {
            running = database.RunAsync(change: s => PlainRole.Apply(s) with { MaxConcurrency = 6 });
            await database.UntilSaidAsync("the server has no free connection");
        }

        (await running).AssertCompleted();
    }
}
