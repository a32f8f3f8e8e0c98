using Npgsql;

namespace CmEtl.Engine.Tests.Model;

/// <summary>Task 01 in memory: the snapshot and the reminders.</summary>
public static class ReferenceTask01
{
    // Column of the snapshot -> (whether it comes from the parent, column of the source). Other columns come from the pair under their own
    // names.
    private static readonly Dictionary<string, (bool Parent, string Column)> Renamed = new(StringComparer.Ordinal)
    {
        ["StatusFlag"] = (true, "StatusFlag"),
        ["ConStatusFlag"] = (false, "StatusFlag"),
        ["FlagForReview"] = (true, "FlagForReview"),
        ["FlagForReviewDate"] = (true, "FlagForReviewDate"),
        ["ConFlagForReview"] = (false, "FlagForReview"),
        ["ConFlagForReviewDate"] = (false, "FlagForReviewDate"),
    };

    /// <summary>Computes the state after Task 01 on the current tables.</summary>
    public static async Task<ExpectedTask01> ComputeAsync(NpgsqlConnection connection, Window window, SchemaNames? schemas = null)
    {
        schemas ??= SchemaNames.Default;
        var snapshotShape = await TableShape.ReadAsync(connection, schemas.Conflict, "conflictvisitmaps_temp");
        var snapshot = await SnapshotAsync(connection, window, schemas, snapshotShape);
        var relations = await RelationsAsync(connection, schemas);
        var reminderShape = await TableShape.ReadAsync(connection, schemas.Conflict, "payer_provider_reminders");
        var stored = await TableReader.ReadAllAsync(connection, schemas.Conflict, "payer_provider_reminders");
        var settings = await TableReader.ReadAllAsync(connection, schemas.Conflict, "settings");

        var refreshed = stored.Select(row => Refresh(row, relations)).ToList();
        var known = stored.Select(row => (row.Text("PayerID"), row.Text("ProviderID"))).ToHashSet();
        var added = relations
            .Where(relation => !known.Contains(relation.Key))
            .Select(relation => Create(reminderShape, relation.Value))
            .ToList();
        var changed = stored.Zip(refreshed).Count(pair =>
            reminderShape.Columns.Any(column => !Equals(pair.First[column.Name], pair.Second.Values[column.Name])));
        return new ExpectedTask01(
            snapshotShape, snapshot, reminderShape, [.. refreshed, .. added],
            new Task01Counters(added.Count, changed, snapshot.Count, settings.Count));
    }

    private static async Task<List<Row>> SnapshotAsync(NpgsqlConnection connection, Window window, SchemaNames schemas, TableShape shape)
    {
        var parents = await TableReader.ReadByKeyAsync(connection, schemas.Conflict, "conflicts", "CONFLICTID");
        var rows = new List<Row>();
        foreach (var pair in await TableReader.ReadAllAsync(connection, schemas.Conflict, "conflictvisitmaps"))
        {
            if (window.Contains(pair.Day("VisitDate"))
                && pair["CONFLICTID"]?.ToString() is { } id && parents.TryGetValue(id, out var parent))
            {
                rows.Add(new Row(shape, [.. shape.Columns.Select(column => column.Store(Source(column.Name, pair, parent), out _))]));
            }
        }

        return rows;
    }

    private static object? Source(string column, Row pair, Row parent)
    {
        if (column == "CreatedDate")
        {
            return RunTime.Marker;
        }

        var (fromParent, name) = Renamed.GetValueOrDefault(column, (false, column));
        return fromParent ? parent[name] : pair[name];
    }

    private static async Task<Dictionary<(string?, string?), Relation>> RelationsAsync(
        NpgsqlConnection connection, SchemaNames schemas)
    {
        var payers = await TableReader.ReadByKeyAsync(connection, schemas.Analytics, "dimpayer", "Payer Id");
        var providers = await TableReader.ReadByKeyAsync(connection, schemas.Analytics, "dimprovider", "Provider Id");
        var relations = new Dictionary<(string?, string?), Relation>();
        foreach (var row in await TableReader.ReadAllAsync(connection, schemas.Analytics, "dimpayerprovider"))
        {
            if (row.Text("Payer Id") is { } payerId && row.Text("Provider Id") is { } providerId
                && payers.TryGetValue(payerId, out var payer) && providers.TryGetValue(providerId, out var provider))
            {
                relations[(payerId, providerId)] = new Relation(row, payer, provider);
            }
        }

        return relations;
    }

    private static ExpectedReminder Refresh(Row row, Dictionary<(string?, string?), Relation> relations)
    {
        var values = row.Shape.Columns.ToDictionary(column => column.Name, column => row[column.Name], StringComparer.Ordinal);
        if (relations.TryGetValue((row.Text("PayerID"), row.Text("ProviderID")), out var relation))
        {
            values["Contract"] = Stored(row.Shape, "Contract", relation.Payer["Payer Name"]);
            values["ProviderName"] = Stored(row.Shape, "ProviderName", relation.Provider["Provider Name"]);
        }

        return new ExpectedReminder(row["ID"]!.ToString(), row.Text("PayerID"), row.Text("ProviderID"), values);
    }

    private static ExpectedReminder Create(TableShape shape, Relation relation)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["PayerID"] = relation.Payer["Payer Id"],
            ["AppPayerID"] = Stored(shape, "AppPayerID", relation.Link["Application Payer Id"]),
            ["Contract"] = Stored(shape, "Contract", relation.Payer["Payer Name"]),
            ["ProviderID"] = relation.Provider["Provider Id"],
            ["AppProviderID"] = Stored(shape, "AppProviderID", relation.Link["Application Provider Id"]),
            ["ProviderName"] = Stored(shape, "ProviderName", relation.Provider["Provider Name"]),
            ["CreatedDateTime"] = RunTime.Marker,
            ["NumberOfDays"] = null,
        };
        return new ExpectedReminder(null, relation.Payer.Text("Payer Id"), relation.Provider.Text("Provider Id"), values);
    }

    // Application ids come from the relation itself, names from the payer and the provider.
    private sealed record Relation(Row Link, Row Payer, Row Provider);

    private static object? Stored(TableShape shape, string column, object? value) =>
        shape.Columns[shape.Ordinal(column)].Store(value, out _);
}
