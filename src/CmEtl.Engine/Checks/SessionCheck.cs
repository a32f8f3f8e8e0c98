using Npgsql;

namespace CmEtl.Engine;

/// <summary>Whether a session works as required: the same backend throughout, with the settings of <see cref="SessionSettings"/>.</summary>
internal static class SessionCheck
{
    private const string Probe = "cm_etl_probe";

    public static async Task RunAsync(CheckContext context, Database database, CancellationToken cancel)
    {
        if (!await KeepsBackendAsync(context.Connection, context.Sql, database, cancel))
        {
            context.Error(
                "Pooler", "A connection does not keep its server session from one transaction to the next: a connection pooler in transaction or statement "
                + "mode is in between. Settings, temporary tables and prepared statements would be lost.",
                "Connect to the server itself, or through a pooler in session mode (PgBouncer: pool_mode = session).");
            return;
        }

        foreach (var (name, value, remedy) in await SessionSettings.DifferencesAsync(context.Connection, context.Settings, cancel))
        {
            context.Error(
                "Session settings", $"{name} is {(value.Length == 0 ? "empty" : value)}, which CmEtl does not support and could not change.",
                remedy.Length > 0 ? remedy : $"Remove the setting of {name} at its source, or allow this role to set it.");
        }
    }

    /// <summary>
    /// While a second connection holds a transaction open, the first must still be answered by its own backend. A pooler would give both
    /// the same backend, or the first another one. Or it resets the backend in between, which is visible because its prepared statements
    /// are gone, and would drop its temporary tables.
    /// </summary>
    private static async Task<bool> KeepsBackendAsync(NpgsqlConnection connection, SqlLibrary sql, Database database,
        CancellationToken cancel)
    {
        await connection.ExecuteAsync($"PREPARE {Probe} AS SELECT 1", cancel);
        try
        {
            var before = await ReadAsync(connection, sql, cancel);
            await using var other = await database.OpenAsync(cancel);
            await using var transaction = await other.BeginTransactionAsync(cancel);
            var neighbor = await ReadAsync(other, sql, cancel);
            var after = await ReadAsync(connection, sql, cancel);
            return before.Backend == after.Backend && before.Backend != neighbor.Backend && before.Prepared && after.Prepared;
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.ProtocolViolation)
        {
            // A pooler in statement mode refuses transactions.
            return false;
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.TooManyConnections)
        {
            // Too few free connections are a separate finding.
            return true;
        }
        finally
        {
            await ForgetAsync(connection);
        }
    }

    private static async Task ForgetAsync(NpgsqlConnection connection)
    {
        try
        {
            await connection.ExecuteAsync($"DEALLOCATE {Probe}", CancellationToken.None);
        }
        catch (Exception error) when (error is PostgresException { SqlState: "26000" } || ErrorClassifier.IsOfConnection(error))
        {
            // It is already gone, which is the answer. So is a broken connection, which the check itself has reported.
        }
    }

    private static async Task<(int Backend, bool Prepared)> ReadAsync(NpgsqlConnection connection, SqlLibrary sql,
        CancellationToken cancel) =>
        (await connection.QueryAsync(sql["checks/backend"], r => (r.Get<int>("backend"), r.Get<bool>("prepared")), cancel)).Single();
}
