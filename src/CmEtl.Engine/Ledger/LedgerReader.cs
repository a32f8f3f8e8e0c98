using Npgsql;

namespace CmEtl.Engine;

/// <summary>Reads which migrations and views a ledger has, and decides whether this version can work with it. Writes nothing.</summary>
/// <param name="settings">The schema.</param>
/// <param name="sql">Statements.</param>
/// <param name="migrations">The migrations of this version, in order.</param>
internal sealed class LedgerReader(EtlSettings settings, SqlLibrary sql, IReadOnlyList<Migration> migrations)
{
    /// <summary>Checksum of the text of the views and their parts, which their comments contain.</summary>
    public static string ViewsChecksum { get; } = "cm_etl views " + Migration.Sum(string.Concat(
        new[] { "ledger/views", "parts/session_lock", "parts/lock_key" }.Select(SqlLibrary.File)));

    /// <summary>The newest migration of the ledger; null when there is no ledger.</summary>
    public async Task<int?> VersionAsync(NpgsqlConnection connection, CancellationToken cancel) =>
        (await RecordedAsync(connection, cancel)) is [.., var newest] ? newest.Version : null;

    public async Task<LedgerState> ReadAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var recorded = await RecordedAsync(connection, cancel);
        var missing = migrations.Where(m => recorded.All(r => r.Version != m.Version)).ToList();
        var unsigned = migrations.Where(m => recorded.Any(r => r.Version == m.Version && r.Checksum is null)).ToList();
        if (recorded.Count == 0)
        {
            return new(false, missing, [], false, null);
        }

        var views = (await connection.QueryAsync(
            sql["checks/ledger_views"], r => r.GetBoolean(0), cancel, ("ledger_schema", settings.LedgerSchema), ("checksum", ViewsChecksum))).Single();
        return new(true, missing, unsigned, views, await RefusalAsync(connection, recorded, cancel));
    }

    private async Task<CmEtlException?> RefusalAsync(
        NpgsqlConnection connection, List<(int Version, string? Checksum)> recorded, CancellationToken cancel)
    {
        if (recorded.Find(r => migrations.All(m => m.Version != r.Version)) is { Version: > 0 and var unknown })
        {
            return new(
                ErrorKind.Configuration, ErrorIds.LedgerNewer,
                $"The ledger in schema {settings.LedgerSchema} has migration {unknown}, which this version of CmEtl does not know (its newest is {migrations[^1].Version}).",
                "Update CmEtl.") { Subject = settings.LedgerSchema };
        }

        foreach (var (version, checksum) in recorded)
        {
            var known = migrations.Single(m => m.Version == version);
            if (checksum is null && version == 1)
            {
                var lacking = await connection.QueryAsync(
                    sql["checks/ledger_001"], r => r.GetString(0), cancel, ("ledger_schema", settings.LedgerSchema));
                if (lacking.Count > 0)
                {
                    return Differs(known, $"it lacks {string.Join(", ", lacking)}");
                }
            }
            else if (checksum != known.Checksum)
            {
                return Differs(known, $"its checksum is {checksum ?? "missing"}, not {known.Checksum}");
            }
        }

        return null;
    }

    /// <summary>The content of such a ledger is unknown, so the remedy renames its schema and keeps everything in it.</summary>
    private CmEtlException Differs(Migration migration, string how)
    {
        // An identifier has up to 63 bytes, and the characters of the schema's name are ASCII (SettingTable).
        var name = settings.LedgerSchema[..Math.Min(settings.LedgerSchema.Length, 48)];
        var aside = $"{name}_{Guid.NewGuid():N}"[..(name.Length + 9)];
        return new(
            ErrorKind.Configuration, ErrorIds.LedgerDiffers,
            $"The ledger in schema {settings.LedgerSchema} was created from another text of {migration.Name} ({how}) and cannot be upgraded.",
            $"Set it aside and create a new one. As the owner of the ledger, in psql: ALTER SCHEMA {SqlLibrary.Quote(settings.LedgerSchema)} "
            + $"RENAME TO {SqlLibrary.Quote(aside)}; then create the ledger, and grant "
            + "their rights to the roles that use it. Nothing is lost; the next start begins a new run.") { Subject = settings.LedgerSchema };
    }

    private async Task<List<(int Version, string? Checksum)>> RecordedAsync(NpgsqlConnection connection, CancellationToken cancel) =>
        (await LedgerAccess.ReadAsync(connection, sql, settings.LedgerSchema, cancel)).Present
            ? await connection.QueryAsync(sql["checks/migrations"], r => (r.GetInt32(0), r.IsDBNull(1) ? null : r.GetString(1)), cancel)
            : [];
}
