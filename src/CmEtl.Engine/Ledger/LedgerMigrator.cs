using System.Text;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CmEtl.Engine;

/// <summary>
/// Creates and upgrades the ledger, with everything that is missing in one transaction, and on request the indexes on the data. A script
/// consists of the same statements as an upgrade.
/// </summary>
/// <param name="settings">Schemas and lock timeout.</param>
/// <param name="database">Connections.</param>
/// <param name="sql">Statements.</param>
/// <param name="log">Receives a line for each step.</param>
/// <param name="migrations">The migrations, in order; null means <see cref="Migration.All"/>.</param>
internal sealed class LedgerMigrator(
    EtlSettings settings, Database database, SqlLibrary sql, ILogger log, IReadOnlyList<Migration>? migrations = null)
{
    private readonly LedgerReader _reader = new(settings, sql, migrations ?? Migration.All);

    /// <summary>The recommended indexes.</summary>
    public IndexBuilder Indexes { get; } = new(settings, sql, log);

    /// <summary>Compares the ledger with what this version creates.</summary>
    public Task<LedgerState> ReadAsync(NpgsqlConnection connection, CancellationToken cancel) => _reader.ReadAsync(connection, cancel);

    /// <summary>The newest migration of the ledger; null when there is no ledger.</summary>
    public Task<int?> VersionAsync(NpgsqlConnection connection, CancellationToken cancel) => _reader.VersionAsync(connection, cancel);

    public async Task<string> ScriptAsync(bool indexes, CancellationToken cancel)
    {
        var script = new StringBuilder();
        await using var connection = await database.OpenAsync(cancel);
        var steps = await StepsOrWarningAsync(connection, indexes, cancel);
        if (steps.Count > 0)
        {
            script.AppendLine("BEGIN;");
            steps.ForEach(step => script.AppendLine(step.Sql));
            script.AppendLine("COMMIT;");
        }

        foreach (var step in indexes ? await Indexes.StepsAsync(connection, cancel) : [])
        {
            script.Append(step.Statement).AppendLine(";");
        }

        return script.ToString();
    }

    public async Task<IReadOnlyList<string>> ApplyAsync(bool indexes, CancellationToken cancel)
    {
        await using var connection = await database.OpenForTaskAsync(cancel);
        var applied = new List<string>();
        await using (var transaction = await connection.BeginTransactionAsync(cancel))
        {
            // If two processes upgrade at the same time, the second waits here and then has nothing to do.
            await connection.ExecuteAsync(sql["run/lock_begin"], cancel, ("conflict_schema", settings.LedgerSchema));
            var steps = await StepsOrWarningAsync(connection, indexes, cancel);
            if (steps.Count > 0)
            {
                await RefuseAsync(connection, cancel);
            }

            foreach (var (name, text) in steps)
            {
                await connection.ExecuteAsync(text, cancel);
                if (name is not null)
                {
                    log.LogInformation("Ledger: {Step} applied", name);
                    applied.Add(name);
                }
            }

            await transaction.CommitAsync(cancel);
        }

        return indexes ? [.. applied, .. await Indexes.ApplyAsync(connection, cancel)] : applied;
    }

    /// <summary>The owner of the tables, who creates the indexes, need not be the owner of the ledger.</summary>
    private async Task<List<(string? Name, string Sql)>> StepsOrWarningAsync(NpgsqlConnection connection, bool indexes,
        CancellationToken cancel)
    {
        try
        {
            return await StepsAsync(connection, cancel);
        }
        catch (CmEtlException error) when (indexes && error.ErrorId == ErrorIds.LedgerNotOwned)
        {
            log.LogInformation("Only the indexes: {Message}", error.Message);
            return [];
        }
    }

    /// <summary>
    /// The statements that bring the ledger up to date, in order, each with the name of the migration that it completes. Empty when it is
    /// current.
    /// </summary>
    private async Task<List<(string? Name, string Sql)>> StepsAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var access = await LedgerAccess.ReadAsync(connection, sql, settings.LedgerSchema, cancel);
        if (access is { Present: true, Readable: false })
        {
            throw access.Refusal(settings.LedgerSchema)!;
        }

        var state = await _reader.ReadAsync(connection, cancel);
        if (state.Refusal is not null)
        {
            throw state.Refusal;
        }

        if (state.IsCurrent)
        {
            return [];
        }

        if (access.Refusal(settings.LedgerSchema) is { } refusal)
        {
            throw refusal;
        }

        // Even IF NOT EXISTS requires the right to create schemas.
        List<(string?, string)> steps = access.HasSchema ? [] : [(null, sql["ledger/schema"])];
        steps.Add((null, sql["ledger/migration"]));
        steps.AddRange(state.WithoutChecksum.Select(m => ((string?)null, Record(m))));
        // The first migration creates the views itself, because they were part of it until they got their own file.
        steps.AddRange(state.Missing.Where(m => m.Version == 1).SelectMany(Apply));
        steps.Add((null, sql["ledger/drop_views"]));
        steps.AddRange(state.Missing.Where(m => m.Version > 1).SelectMany(Apply));
        steps.Add((null, sql["ledger/views"]));
        steps.Add(("views", With("checksum", LedgerReader.ViewsChecksum)["ledger/mark_views"]));
        foreach (var grant in await connection.QueryAsync(
            sql["ledger/view_grants"], r => r.GetString(0), cancel, ("ledger_schema", settings.LedgerSchema)))
        {
            steps.Add((null, grant + ";"));
        }

        return steps;
    }

    private IEnumerable<(string?, string)> Apply(Migration migration) =>
        [(null, sql.Fill(migration.Text)), (migration.Name, Record(migration))];

    private string Record(Migration migration) =>
        With("checksum", migration.Checksum)
            .With([new("version", $"{migration.Version}"), new("name", $"'{migration.Name}'")])["ledger/record"];

    private SqlLibrary With(string variable, string text) => sql.With([new(variable, $"'{text}'")]);

    /// <summary>A run depends on the ledger that it began with, and dropping the views would drop objects that depend on them.</summary>
    private async Task RefuseAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        if (await _reader.VersionAsync(connection, cancel) is null)
        {
            return;
        }

        if (await connection.QueryAsync(sql["checks/ledger_in_use"], r => r.GetString(0), cancel) is [var run, ..])
        {
            throw new CmEtlException(
                ErrorKind.Configuration, ErrorIds.LedgerInUse,
                $"The ledger in schema {settings.LedgerSchema} is not upgraded while run {run} is active.",
                "Wait until the run has ended, or stop it. Then upgrade the ledger; the next start resumes the run.")
            {
                Subject = run,
            };
        }

        if (await connection.QueryAsync(
            sql["checks/ledger_dependents"], r => r.GetString(0), cancel, ("ledger_schema", settings.LedgerSchema)) is { Count: > 0 } dependents)
        {
            throw new CmEtlException(
                ErrorKind.Configuration, ErrorIds.LedgerInUse,
                $"The views in schema {settings.LedgerSchema} are created again by this upgrade, and other objects depend on them: {string.Join(", ", dependents)}.",
                "Drop these objects, upgrade the ledger, and create them again.") { Subject = settings.LedgerSchema };
        }
    }
}
