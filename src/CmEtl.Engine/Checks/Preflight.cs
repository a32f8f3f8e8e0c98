using Npgsql;

namespace CmEtl.Engine;

/// <summary>Everything that can be known before a run, as findings with a remedy. Reads only.</summary>
internal sealed class Preflight(EtlSettings settings, Database database, SqlLibrary sql, LedgerMigrator migrator)
{
    /// <summary>client_connection_check_interval, which ends a dead worker's query, came with this version.</summary>
    private const int LeastServerVersion = 140_000;

    /// <summary>What a run has besides its workers' connections, one at a time each: who leads it, who watches the server, who reads its status.</summary>
    private const int ConnectionsBesides = 3;

    private readonly List<Finding> _findings = [];

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancel)
    {
        if (settings.MarkMode != MarkMode.SinglePass && (settings.SkipUnchanged || settings.Delta))
        {
            Error(
                "Settings", $"{(settings.Delta ? "delta" : "skip_unchanged")} is on and mark_mode is TwoPhase, which marks, and so writes, every row.",
                "Set mark_mode to SinglePass.");
        }

        NpgsqlConnection connection;
        try
        {
            connection = await database.OpenAsync(cancel);
        }
        catch (Exception error) when (error is NpgsqlException or TimeoutException or CmEtlException { Kind: ErrorKind.Transient })
        {
            var wrapped = ErrorClassifier.Wrap(error, "Connection", settings);
            Error("Connection", wrapped.Message, wrapped.Remedy);
            return _findings;
        }

        await using (connection)
        {
            await ServerAsync(connection, cancel);
            // What may not be read cannot be checked any further: the missing privilege is the finding.
            if (await SchemasAsync(connection, cancel))
            {
                var whole = await ColumnsAsync(connection, cancel);
                var readable = await PrivilegesAsync(connection, cancel);
                if (whole && readable)
                {
                    await ReferenceDataAsync(connection, cancel);
                    await IdTypesAsync(connection, cancel);
                    await WidthsAsync(connection, cancel);
                    await SnapshotAsync(connection, cancel);
                    await SequencesAsync(connection, cancel);
                }

                if (readable)
                {
                    await LedgerAsync(cancel);
                }
            }
        }

        return _findings;
    }

    private (string, object?)[] Schemas =>
    [
        ("conflict_schema", settings.ConflictSchema), ("analytics_schema", settings.AnalyticsSchema), ("ledger_schema", settings.LedgerSchema),
    ];

    private async Task<bool> SchemasAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var closed = await connection.QueryAsync(sql["checks/schemas"], r => r.GetString(0), cancel, Schemas);
        foreach (var schema in closed)
        {
            Error("Privileges", $"This role may not USE schema {schema}.", $"GRANT USAGE ON SCHEMA {schema} TO {settings.User};");
        }

        return closed.Count == 0;
    }

    private async Task ServerAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var (version, replica) = (await connection.QueryAsync(
            sql["checks/server"], r => (r.Get<int>("version"), r.Get<bool>("replica")), cancel)).Single();
        if (version < LeastServerVersion)
        {
            Error("Server version", $"The server is PostgreSQL {version / 10_000}.", "PostgreSQL 14 or newer is needed.");
        }
        else
        {
            Info("Connection", $"PostgreSQL {version / 10_000}.{version % 10_000}, session time zone {settings.SessionTimeZone}.");
        }

        if (replica)
        {
            Error("Server role", "The server is a read-only replica.", "Connect to the primary.");
        }

        var free = (await connection.QueryAsync(sql["checks/connections"], r => r.Get<int>("free"), cancel)).Single();
        if (free < settings.MaxConcurrency + ConnectionsBesides)
        {
            Warn(
                "Connections", $"A run with {settings.MaxConcurrency} workers takes up to {settings.MaxConcurrency + ConnectionsBesides} connections; {free} are free.",
                $"Set max_concurrency to {Math.Max(1, free - ConnectionsBesides)}, or allow more. More workers than the server has processors gain nothing.");
        }
    }

    private async Task<bool> ColumnsAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var missing = await connection.QueryAsync(
            sql["checks/columns"],
            r => (Relation: r.Get<string>("relation"), Table: r.Get<bool>("table_missing"), Columns: r.Get<string[]>("missing")), cancel, Schemas);
        foreach (var (relation, table, columns) in missing)
        {
            Error(
                "Tables and columns", table ? $"Table {relation} is missing." : $"Table {relation} lacks {string.Join(", ", columns)}.",
                "Check conflict_schema and analytics_schema, or load the table.");
        }

        return missing.Count == 0;
    }

    private async Task ReferenceDataAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var (rows, withId1, usable, inProgress) = (await connection.QueryAsync(
            sql["checks/settings_rows"],
            r => (r.Get<long>("rows"), r.Get<long>("with_id_1"), r.Get<long>("with_multiplier"), r.Get<long>("in_progress")), cancel)).Single();
        var single = (await connection.QueryAsync(sql["task02/distance_multiplier"], r => r.GetDecimal(0), cancel)).Count == 1;
        if (!single)
        {
            Error(
                "Settings row", $"{settings.ConflictSchema}.settings has {rows} rows, {withId1} with ID 1, {usable} with a positive ExtraDistancePer.",
                "Leave exactly one row with a positive ExtraDistancePer, or one with ID 1.");
        }
        else if (rows > 1)
        {
            Warn("Settings row", $"{settings.ConflictSchema}.settings has {rows} rows; the one with ID 1 is used.", "Delete the others.");
        }

        if (inProgress > 0)
        {
            Info("In progress", "settings.InProgressFlag says that a refresh is running.");
        }

        var mph = (await connection.QueryAsync(
            sql["checks/mph"],
            r => (Bands: r.Get<long>("bands"), Unusable: r.Get<long>("unusable"), Overlaps: r.Get<long>("overlaps"),
                Touching: r.Get<long>("touching"), Gaps: r.Get<long>("gaps")), cancel)).Single();
        const string MphRemedy = "Correct the bands on the admin screen; distances without a speed never break rule 7.";
        if (mph.Bands == 0 || mph.Unusable > 0)
        {
            Warn("Speed bands", $"mph has {mph.Bands} bands, {mph.Unusable} of them without a usable range or speed.", MphRemedy);
        }

        if (mph.Overlaps + mph.Touching > 0)
        {
            Warn("Speed bands", $"{mph.Overlaps} mph bands overlap and {mph.Touching} share a bound; the band with the lower From is used.", MphRemedy);
        }

        if (mph.Gaps > 0)
        {
            Info("Speed bands", $"mph has {mph.Gaps} gaps between bands; distances in a gap have no speed.");
        }
    }

    private async Task IdTypesAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        foreach (var (name, stored, analytics) in await connection.QueryAsync(
            sql["checks/id_types"], r => (r.GetString(0), r.GetString(1), r.GetString(2)), cancel, Schemas))
        {
            Error("Id types", $"{name} is {stored}, but its partner in {settings.AnalyticsSchema} is {analytics}.", "Use two schemas of one generation.");
        }
    }

    /// <returns>Whether everything may at least be read.</returns>
    private async Task<bool> PrivilegesAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var missing = await connection.QueryAsync(
            sql["checks/privileges"], r => (Relation: r.Get<string>("relation"), Privilege: r.Get<string>("privilege")), cancel, Schemas);
        foreach (var (relation, privilege) in missing)
        {
            Error("Privileges", $"This role may not {privilege} {relation}.", $"GRANT {privilege} ON {relation} TO {settings.User};");
        }

        return missing.All(m => m.Privilege != "SELECT");
    }

    private async Task WidthsAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var (complete, idType, narrow) = (await connection.QueryAsync(
            sql["task02/assignments"], r => (r.Get<bool>("complete"), r.Get<string>("id_type"), r.Get<long>("narrow")), cancel, Schemas)).Single();
        if (!complete)
        {
            Error("Tables and columns", "conflictvisitmaps has neither ETATravleMinutes nor ETATravelMinutes.", "Add one of the two.");
        }

        if (idType is not ("numeric" or "bigint" or "integer"))
        {
            Error("Id types", $"conflictvisitmaps.ID is {idType}.", "It must be a whole number.");
        }

        if (narrow > 0)
        {
            Info("Column widths", $"{narrow} columns are narrower than their source; longer values are cut and counted.");
        }
    }

    private async Task SnapshotAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var (columns, orphans) = (await connection.QueryAsync(
            sql["task01/columns"], r => (r.GetString(0), r.GetString(2)), cancel, ("conflict_schema", settings.ConflictSchema))).Single();
        if (orphans.Length > 0)
        {
            Error("Snapshot columns", $"conflictvisitmaps_temp has columns without a source: {orphans}.", "Drop them or add them to conflictvisitmaps.");
        }

        // The original audit compares 228 columns (domain: Task 01); a narrower TEMP cannot show changes in the others.
        var missing = 228 - columns.Split(", ").Length;
        if (missing > 0)
        {
            Info("Snapshot columns", $"conflictvisitmaps_temp lacks {missing} of the 228 columns that the full audit compares.");
        }
    }

    private async Task SequencesAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        foreach (var (sequence, usable, readable) in await connection.QueryAsync(
            sql["checks/sequences"], r => (r.Get<string>("sequence"), r.Get<bool>("usable"), r.Get<bool>("readable")), cancel, Schemas))
        {
            if (!usable)
            {
                Error("Privileges", $"This role may not USE {sequence}.", $"GRANT USAGE, SELECT ON SEQUENCE {sequence} TO {settings.User};");
            }

            if (!readable)
            {
                continue;
            }

            var (next, last) = (await connection.QueryAsync(
                sql.With(new Dictionary<string, string> { ["sequence"] = sequence })["checks/sequence_position"],
                r => (r.Get<long>("next_id"), r.Get<decimal>("last_id")), cancel)).Single();
            if (next <= last)
            {
                Error(
                    "Sequences", $"{sequence} would give ID {next} next, but payer_provider_reminders goes up to {last}: new reminders would collide.",
                    $"SELECT setval('{sequence}', (SELECT max(\"ID\") FROM {settings.ConflictSchema}.payer_provider_reminders)::bigint);");
            }
        }
    }

    private async Task LedgerAsync(CancellationToken cancel)
    {
        var steps = await migrator.MissingAsync(cancel);
        if (steps.Count > 0)
        {
            Error("Ledger", $"Schema {settings.LedgerSchema} lacks {string.Join(", ", steps.Select(s => s.Name))}.", "Run Initialize-CmEtlDatabase.");
        }

        foreach (var index in await migrator.MissingIndexesAsync(cancel))
        {
            Warn("Indexes", $"Index {index} is missing; chunks read more than their own rows.", "Run Initialize-CmEtlDatabase -Indexes.");
        }
    }

    private void Error(string check, string message, string remedy) => _findings.Add(new(FindingSeverity.Error, check, message, remedy));

    private void Warn(string check, string message, string remedy) => _findings.Add(new(FindingSeverity.Warning, check, message, remedy));

    private void Info(string check, string message) => _findings.Add(new(FindingSeverity.Information, check, message, ""));
}
