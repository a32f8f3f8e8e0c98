using CmEtl.Engine.Tests.Engine;
using Microsoft.Extensions.Logging.Abstractions;

namespace CmEtl.Engine.Tests.Ledger;

/// <summary>Ledgers as older versions created them.</summary>
internal static class LedgerWorld
{
    /// <summary>The ledger as sql/ledger created it before migrations had checksums.</summary>
    private const string MigrationWithoutChecksum =
        "CREATE SCHEMA cm_etl; CREATE TABLE cm_etl.migration (version integer PRIMARY KEY, name text NOT NULL, applied_at timestamptz NOT NULL DEFAULT clock_timestamp());";

    /// <summary>
    /// A database whose ledger, with a completed run, was moved to the schema <c>fresh</c>. The schema cm_etl does not exist.
    /// </summary>
    public static async Task<EngineDatabase> SetAsideAsync(EngineServer server)
    {
        var database = await server.CopyAfterAsync("with_a_run", async d => await d.CompleteAsync());
        await database.ExecuteAsync("ALTER SCHEMA cm_etl RENAME TO fresh");
        return database;
    }

    /// <summary>
    /// Creates the ledger of a release: migrations 1 to <paramref name="version"/>, the grants of the roles, and the run of <c>fresh</c>.
    /// </summary>
    public static async Task CreateAsync(EngineDatabase database, int version, bool checksums = true, Func<string, string>? edit = null)
    {
        var sql = new EngineInternals(database.Owner).Sql;
        await database.ExecuteAsync(MigrationWithoutChecksum);
        if (checksums)
        {
            await database.ExecuteAsync(sql["ledger/migration"]);
        }

        foreach (var m in Migration.All.Take(version))
        {
            await database.ExecuteAsync(sql.Fill(edit is null ? m.Text : edit(m.Text)));
            await database.ExecuteAsync(checksums
                ? $"INSERT INTO cm_etl.migration (version, name, checksum) VALUES ({m.Version}, '{m.Name}', '{m.Checksum}')"
                : $"INSERT INTO cm_etl.migration (version, name) VALUES ({m.Version}, '{m.Name}')");
        }

        await GrantAsync(database);
        foreach (var table in (string[])["run", "chunk", "event"])
        {
            await CopyRowsAsync(database, table);
        }

    }

    public static async Task GrantAsync(EngineDatabase database)
    {
        await RoleScript.ApplyAsync(database.Connection, "worker", EngineServer.Worker);
        await RoleScript.ApplyAsync(database.Connection, "operator", EngineServer.Operator);
    }

    /// <summary>An upgrade as a newer version would make it.</summary>
    public static async Task<IReadOnlyList<string>> ApplyAsync(EngineDatabase database, params Migration[] more)
    {
        var parts = new EngineInternals(database.Owner);
        await using var own = parts.Database;
        return await new LedgerMigrator(database.Owner, own, parts.Sql, NullLogger.Instance, [.. Migration.All, .. more])
            .ApplyAsync(indexes: false, CancellationToken.None);
    }

    public static EtlEngine Owner(EngineDatabase database) => database.Engine(_ => database.Owner);

    /// <summary>The columns that both have and that can be written.</summary>
    private static async Task CopyRowsAsync(EngineDatabase database, string table)
    {
        var columns = await database.ReadAsync<string>($"""
            SELECT string_agg(quote_ident(o.attname), ', ' ORDER BY o.attnum)
              FROM pg_attribute AS o
              JOIN pg_attribute AS f ON f.attrelid = 'fresh.{table}'::regclass AND f.attname = o.attname
             WHERE o.attrelid = 'cm_etl.{table}'::regclass AND o.attnum > 0 AND NOT o.attisdropped AND o.attgenerated = ''
            """);
        await database.ExecuteAsync($"INSERT INTO cm_etl.{table} ({columns}) OVERRIDING SYSTEM VALUE SELECT {columns} FROM fresh.{table}");
        await database.ExecuteAsync($$"""
            DO $$
            DECLARE counter name;
            BEGIN
              FOR counter IN SELECT attname FROM pg_attribute WHERE attrelid = 'cm_etl.{{table}}'::regclass AND attidentity <> '' LOOP
                EXECUTE format('SELECT setval(pg_get_serial_sequence(%L, %L), max(%I)) FROM cm_etl.{{table}}', 'cm_etl.{{table}}', counter, counter);
              END LOOP;
            END $$
            """);
    }
}
