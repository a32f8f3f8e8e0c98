using Npgsql;

namespace CmEtl.Engine.Tests.Model;

/// <summary>Task 02 in memory, row by row, as the specification tells it. Slow and simple on purpose: it is the second opinion.</summary>
public static class ReferenceModel
{
    private static readonly string[] DeferringColumns =
    [
        "InserviceStartDate", "InserviceEndDate", "PTOStartDate", "PTOEndDate",
        "ConInserviceStartDate", "ConInserviceEndDate", "ConPTOStartDate", "ConPTOEndDate",
    ];

    private static readonly Numeric Marked = new("1");

    /// <summary>Computes the state after a complete, fresh run on the tables as they are now.</summary>
    public static async Task<ExpectedTable> ComputeAsync(NpgsqlConnection connection, Window window, SchemaNames? schemas = null)
    {
        schemas ??= SchemaNames.Default;
        var stored = await TableReader.ReadAllAsync(connection, schemas.Conflict, "conflictvisitmaps");
        var shape = await TableShape.ReadAsync(connection, schemas.Conflict, "conflictvisitmaps");
        var analytics = await AnalyticsData.LoadAsync(connection, window, schemas);
        var bands = new SpeedBands(await TableReader.ReadAllAsync(connection, schemas.Conflict, "mph"));
        var settings = ChooseSettings(await TableReader.ReadAllAsync(connection, schemas.Conflict, "settings"));
        var multiplier = settings.Number("ExtraDistancePer")?.ToDouble();

        var rows = new Dictionary<string, ExpectedRow>(StringComparer.Ordinal);
        var named = new HashSet<CandidateVisit>(ReferenceEqualityComparer.Instance);
        var cuts = 0;
        foreach (var row in stored)
        {
            var id = row["ID"]!.ToString()!;
            if (row["CONFLICTID"] is null || !window.Contains(row.Day("VisitDate")))
            {
                rows.Add(id, new ExpectedRow(id, Outcome.Untouched, row, row));
            }
            else if (DeferringColumns.Any(column => row[column] is not null))
            {
                rows.Add(id, new ExpectedRow(id, Outcome.Deferred, row, Mark(row)));
            }
            else
            {
                foreach (var visit in new[] { analytics.Find(row.Text("VisitID")), analytics.Find(row.Text("ConVisitID")) })
                {
                    if (visit is not null)
                    {
                        named.Add(visit);
                    }
                }

                rows.Add(id, Pair.Match(row, analytics, multiplier, bands) is { } pair
                    ? new ExpectedRow(id, Outcome.Confirmed, row, Confirm(pair, ref cuts))
                    : new ExpectedRow(id, Outcome.Unconfirmed, row, Mark(row)));
            }
        }

        long Count(Outcome outcome) => rows.Values.LongCount(row => row.Outcome == outcome);
        var counters = new RunCounters(
            rows.Count - Count(Outcome.Untouched), Count(Outcome.Confirmed), Count(Outcome.Unconfirmed), Count(Outcome.Deferred),
            named.Sum(visit => visit.GpsRejects), cuts);
        return new ExpectedTable(shape, rows, counters);
    }

    private static Row ChooseSettings(List<Row> settings) => settings.Count == 1
        ? settings[0]
        : settings.SingleOrDefault(row => row.Number("ID") == new Numeric("1"))
            ?? throw new InvalidOperationException(
                "A run needs exactly one settings row, or the one with ID 1; a preflight must refuse this.");

    private static Row Mark(Row row)
    {
        var values = (object?[])row.Values.Clone();
        values[row.Shape.Ordinal("UpdateFlag")] = Marked;
        return new Row(row.Shape, values);
    }

    private static Row Confirm(Pair pair, ref int cuts)
    {
        var shape = pair.Stored.Shape;
        var values = (object?[])pair.Stored.Values.Clone();
        foreach (var column in WrittenColumn.All)
        {
            var ordinal = shape.Ordinal(Spelling(shape, column.Target));
            values[ordinal] = shape.Columns[ordinal].Store(column.ValueFor(pair), out var cut);
            cuts += cut ? 1 : 0;
        }

        return new Row(shape, values);
    }

    // Two spellings of one column live in the field.
    private static string Spelling(TableShape shape, string target) =>
        target == "ETATravleMinutes" && !shape.Has(target) ? "ETATravelMinutes" : target;
}
