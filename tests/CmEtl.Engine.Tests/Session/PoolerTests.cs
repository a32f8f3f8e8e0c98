using CmEtl.Engine.Tests.Engine;

namespace CmEtl.Engine.Tests.Session;

/// <summary>With a pooler in session mode everything works. Any other mode is reported before the run.</summary>
[Collection(EngineTestGroup.Name)]
public sealed class PoolerTests(EngineServer server)
{
    [PgBouncerFact]
    public async Task Session_mode_gives_the_table_of_a_direct_connection_and_the_settings_are_in_force()
    {
        await using var direct = await server.CopyAfterRunAsync();
        await using var database = await server.CopyAsync();
        // Nothing may depend on start-up options, because a pooler rejects them (the default) or drops them.
        foreach (var more in (string[])["", "ignore_startup_parameters = options"])
        {
            await using var pooler = await PgBouncer.StartAsync(database.Settings, "session", more);
            var findings = await database.Engine(s => s with { Port = pooler.Port }).CheckAsync(default);
            Assert.DoesNotContain(findings, f => f.Severity != FindingSeverity.Information);
            await database.CompleteAsync(new StartRequest { New = true }, s => s with { Port = pooler.Port });
            Assert.Equal(await TableHash.OfPairsAsync(direct), await TableHash.OfPairsAsync(database));
            await database.CloseEnginesAsync();
        }
    }

    [PgBouncerFact]
    public async Task The_lock_timeout_applies_with_a_pooler()
    {
        await using var database = await server.CopyAsync();
        await using var pooler = await PgBouncer.StartAsync(database.Settings, "session", "ignore_startup_parameters = options");
        await using var holder = await database.ConnectAsync();
        await using var transaction = await holder.BeginTransactionAsync();
        await using var settings = new Database(database.Settings with { Port = pooler.Port, LockTimeoutSeconds = 1 });
        await holder.ExecuteAsync("LOCK TABLE conflict.settings", default);
        await using var connection = await settings.OpenAsync(default);

        var error = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => connection.ExecuteAsync("SELECT FROM conflict.settings", default));

        Assert.Equal("55P03", error.SqlState);
    }

    [PgBouncerFact]
    public Task Transaction_mode_is_refused_by_name() => RefusedAsync("transaction");

    [PgBouncerFact]
    public Task Statement_mode_is_refused_by_name() => RefusedAsync("statement");

    private async Task RefusedAsync(string mode)
    {
        await using var database = await server.CopyAsync();
        await using var pooler = await PgBouncer.StartAsync(database.Settings, mode);
        var before = await TableHash.OfPairsAsync(database);

        var finding = Assert.Single(
            await database.Engine(s => s with { Port = pooler.Port }).CheckAsync(default), f => f.Severity == FindingSeverity.Error);
        var refused = await Assert.ThrowsAsync<CmEtlException>(() => database.RunAsync(change: s => s with { Port = pooler.Port }));

        Assert.Equal("Pooler", finding.Check);
        Assert.Contains("pool_mode = session", finding.Remedy, StringComparison.Ordinal);
        Assert.Equal("PreflightFailed", refused.ErrorId);
        Assert.Equal(before, await TableHash.OfPairsAsync(database));
    }
}
