using System.Text;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CmEtl.Engine;

/// <summary>Creates and upgrades the ledger, all missing steps in one transaction; indexes on the data only when asked, concurrently.</summary>
internal sealed class LedgerMigrator(EtlSettings settings, Database database, SqlLibrary sql, ILogger log)
{
    private static readonly string[] Indexes =
        [.. SqlLibrary.Names.Where(n => n.StartsWith("indexes/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    /// <summary>Steps that the ledger does not have yet.</summary>
    public async Task<IReadOnlyList<Migration>> MissingAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenAsync(cancel);
        return await MissingAsync(connection, cancel);
    }

    /// <summary>Recommended indexes that are not there, by name.</summary>
    public async Task<IReadOnlyList<string>> MissingIndexesAsync(CancellationToken cancel)
    {
        var present = await database.QueryAsync(
            sql["checks/indexes"], r => r.GetString(0), cancel,
            ("conflict_schema", settings.ConflictSchema), ("analytics_schema", settings.AnalyticsSchema));
        return [.. Indexes.Select(IndexName).Except(present)];
    }

    /// <summary>The newest step that the ledger has; null where there is no ledger.</summary>
    public async Task<int?> VersionAsync(NpgsqlConnection connection, CancellationToken cancel) =>
        (await VersionsAsync(connection, cancel)) is [.., var newest] ? newest : null;

    public async Task<string> ScriptAsync(bool indexes, CancellationToken cancel)
    {
        var script = new StringBuilder();
        var missing = await MissingAsync(cancel);
        if (missing.Count > 0)
        {
            script.AppendLine("BEGIN;").AppendLine(sql["ledger/000_schema"]);
            foreach (var m in missing)
            {
                script.AppendLine(sql[m.Resource]);
                script.AppendLine(null, $"INSERT INTO {SqlLibrary.Quote(settings.LedgerSchema)}.migration (version, name) VALUES ({m.Version}, '{m.Name}');");
            }

            script.AppendLine("COMMIT;");
        }

        foreach (var index in indexes ? await MissingIndexesAsync(cancel) : [])
        {
            script.AppendLine(sql[$"indexes/{index}"]);
        }

        return script.ToString();
    }

    public async Task<IReadOnlyList<string>> ApplyAsync(bool indexes, CancellationToken cancel)
    {
        var applied = new List<string>();
        await using var connection = await database.OpenForTaskAsync(cancel);
        await using (var transaction = await connection.BeginTransactionAsync(cancel))
        {
            await connection.ExecuteAsync(sql["run/lock_begin"], cancel, ("conflict_schema", settings.LedgerSchema));
            foreach (var m in await MissingAsync(connection, cancel))
            {
                if (m.Version == 1)
                {
                    await connection.ExecuteAsync(sql["ledger/000_schema"], cancel);
                }

                await connection.ExecuteAsync(sql[m.Resource], cancel);
                await connection.ExecuteAsync(sql["ledger/record"], cancel, ("version", m.Version), ("name", m.Name));
                log.LogInformation("Ledger: {Migration} applied", m.Name);
                applied.Add(m.Name);
            }

            await transaction.CommitAsync(cancel);
        }

        // CREATE INDEX CONCURRENTLY cannot run in a transaction and may take long on a big table.
        await connection.ExecuteAsync($"SET statement_timeout = 0; SET lock_timeout = '{settings.LockTimeoutSeconds}s'", cancel);
        foreach (var index in indexes ? await MissingIndexesAsync(cancel) : [])
        {
            log.LogInformation("Index {Index} is being created", index);
            await using var create = connection.Command(sql[$"indexes/{index}"]);
            create.CommandTimeout = 0;
            await create.ExecuteNonQueryAsync(cancel);
            log.LogInformation("Index {Index} created", index);
            applied.Add(index);
        }

        return applied;
    }

    private async Task<IReadOnlyList<Migration>> MissingAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var versions = await VersionsAsync(connection, cancel);
        return versions.Count > 0 && versions[^1] > Migration.All[^1].Version
            ? throw new CmEtlException(
                ErrorKind.Configuration, ErrorIds.LedgerNewer, $"The ledger in schema {settings.LedgerSchema} is of a newer version ({versions[^1]}) than this program ({Migration.All[^1].Version}).",
                "Update this program.") { Subject = settings.LedgerSchema }
            : [.. Migration.All.Where(m => !versions.Contains(m.Version))];
    }

    private async Task<List<int>> VersionsAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var present = (await connection.QueryAsync(
            sql["checks/ledger"], r => r.GetBoolean(0), cancel, ("ledger_schema", settings.LedgerSchema))).Single();
        return present ? await connection.QueryAsync(sql["checks/migrations"], r => r.GetInt32(0), cancel) : [];
    }

    private static string IndexName(string resource) => resource["indexes/".Length..];
}
