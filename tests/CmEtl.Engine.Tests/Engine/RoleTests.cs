using Npgsql;

namespace CmEtl.Engine.Tests.Engine;

/// <summary>Least privilege. All other tests here run with the worker's role and show that its rights suffice.</summary>
[Collection(EngineTestGroup.Name)]
public sealed class RoleTests(EngineServer server)
{
    [Fact]
    public async Task An_operator_watches_stops_and_resets_but_runs_nothing()
    {
        await using var database = await server.CopyAsync();
        await BadRow.PlantAsync(database, "true");
        var failed = await database.RunAsync();
        var before = await database.TextAsync("""SELECT md5(string_agg((to_jsonb(c) - 'UpdateFlag')::text, '' ORDER BY "ID")) FROM conflict.conflictvisitmaps AS c""");
        var engine = Operator(database);

        var status = await engine.GetStatusAsync(null, CancellationToken.None);
        Assert.Equal((failed.RunId, RunState.Failed), (status.RunId, status.State));
        Assert.NotEmpty(await engine.GetChunksAsync(null, CancellationToken.None));
        Assert.NotEmpty(await engine.ResetAsync(new ResetRequest { Reason = "on duty" }, CancellationToken.None));
        Assert.Equal(RunState.Abandoned, (await engine.StopAsync(null, true, true, "on duty", CancellationToken.None)).State);

        var error = await Assert.ThrowsAsync<CmEtlException>(() => engine.RunAsync(new StartRequest(), null, CancellationToken.None));
        Assert.Equal(ErrorKind.Configuration, error.Kind);
        Assert.Equal(before, await database.TextAsync("""SELECT md5(string_agg((to_jsonb(c) - 'UpdateFlag')::text, '' ORDER BY "ID")) FROM conflict.conflictvisitmaps AS c"""));
    }

    [Theory]
    [InlineData(EngineServer.Worker, """UPDATE conflict.conflictvisitmaps SET "CONFLICTID" = 1""")]
    [InlineData(EngineServer.Worker, """UPDATE conflict.conflictvisitmaps SET "VisitID" = NULL""")]
    [InlineData(EngineServer.Worker, "DELETE FROM conflict.conflictvisitmaps")]
    [InlineData(EngineServer.Worker, "UPDATE conflict.settings SET \"ExtraDistancePer\" = 0")]
    [InlineData(EngineServer.Worker, "UPDATE cm_etl.event SET reason = ''")]
    [InlineData(EngineServer.Worker, "CREATE TABLE conflict.mine (id integer)")]
    [InlineData(EngineServer.Operator, """SELECT "AideName" FROM conflict.conflictvisitmaps""")]
    [InlineData(EngineServer.Operator, "SELECT FROM analytics.dimpatient")]
    [InlineData(EngineServer.Operator, "INSERT INTO cm_etl.run (run_id) VALUES ('mine')")]
    public async Task A_role_has_no_unnecessary_rights(string role, string statement)
    {
        await using var database = await server.CopyAsync();
        await using var connection = await ConnectAsync(database, role);
        await using var command = new NpgsqlCommand(statement, connection);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync());

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task The_workers_limits_hold_for_any_client()
    {
        await using var database = await server.CopyAsync();
        await using var connection = await ConnectAsync(database, EngineServer.Worker);
        await using var command = new NpgsqlCommand(
            """
            SELECT concat_ws(' ', current_setting('statement_timeout'), current_setting('lock_timeout'), current_setting('idle_in_transaction_session_timeout'),
                   current_setting('client_connection_check_interval'), current_setting('log_parameter_max_length'), current_setting('log_error_verbosity'),
                   current_setting('log_min_messages'), current_setting('auto_explain.log_min_duration'))
            """,
            connection);

        Assert.Equal("2h 30s 1min 2s 0 terse log -1", await command.ExecuteScalarAsync());
    }

    private static EtlEngine Operator(EngineDatabase database) => database.Engine(s => s with { User = EngineServer.Operator });

    private static async Task<NpgsqlConnection> ConnectAsync(EngineDatabase database, string role)
    {
        var target = new NpgsqlConnectionStringBuilder
        {
            Host = database.Settings.Host, Port = database.Settings.Port, Database = database.Settings.Database, Username = role,
            Password = RoleScript.Password, Pooling = false,
        };
        var connection = new NpgsqlConnection(target.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }
}
