using Npgsql;

namespace CmEtl.Engine.Tests.Model;

/// <summary>
/// All tables that Task 02 reads, as of one point in time, and the result for a stored row. Times with a zone are read in the zone of the
/// connection.
/// </summary>
public sealed class ReferenceInputs
{
    private static readonly string[] DeferringColumns =
    [
        "InserviceStartDate", "InserviceEndDate", "PTOStartDate", "PTOEndDate",
        "ConInserviceStartDate", "ConInserviceEndDate", "ConPTOStartDate", "ConPTOEndDate",
    ];

    private static readonly Numeric Marked = new("1");

    private readonly Window window;
    private readonly AnalyticsData analytics;
    private readonly SpeedBands bands;
    private readonly double? multiplier;

    private ReferenceInputs(Window window, AnalyticsData analytics, SpeedBands bands, double? multiplier)
    {
        this.window = window;
        this.analytics = analytics;
        this.bands = bands;
        this.multiplier = multiplier;
    }

    public static async Task<ReferenceInputs> LoadAsync(NpgsqlConnection connection, Window window, SchemaNames? schemas = null)
    {
        schemas ??= SchemaNames.Default;
        var analytics = await AnalyticsData.LoadAsync(connection, window, schemas);
        var bands = new SpeedBands(await TableReader.ReadAllAsync(connection, schemas.Conflict, "mph"));
        var settings = ChooseSettings(await TableReader.ReadAllAsync(connection, schemas.Conflict, "settings"));
        return new ReferenceInputs(window, analytics, bands, settings.Number("ExtraDistancePer")?.ToDouble());
    }

    /// <summary>The outcome of the row in a complete run.</summary>
    public ExpectedRow Judge(Row row)
    {
        var id = row["ID"]!.ToString()!;
        if (row["CONFLICTID"] is null || !window.Contains(row.Day("VisitDate")))
        {
            return new ExpectedRow(id, Outcome.Untouched, row, row);
        }

        if (DeferringColumns.Any(column => row[column] is not null))
        {
            return new ExpectedRow(id, Outcome.Deferred, row, Mark(row));
        }

        return Pair.Match(row, analytics, multiplier, bands) is { } pair
            ? Confirm(pair)
            : new ExpectedRow(id, Outcome.Unconfirmed, row, Mark(row), IsDoubtful: Pair.IsDoubtful(row, analytics));
    }

    /// <summary>A count over all visits that the eligible rows refer to, each once.</summary>
    public long Sum(IEnumerable<ExpectedRow> rows, Func<CandidateVisit, long> count) => rows
        .Where(row => row.Outcome is Outcome.Confirmed or Outcome.Unconfirmed)
        .SelectMany(row => new[] { analytics.Find(row.Before.Text("VisitID")), analytics.Find(row.Before.Text("ConVisitID")) })
        .OfType<CandidateVisit>().DistinctBy(visit => visit.Id).Sum(count);

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

    private static ExpectedRow Confirm(Pair pair)
    {
        var shape = pair.Stored.Shape;
        var values = (object?[])pair.Stored.Values.Clone();
        var cuts = 0;
        foreach (var column in WrittenColumn.All)
        {
            var ordinal = shape.Ordinal(Spelling(shape, column.Target));
            values[ordinal] = shape.Columns[ordinal].Store(column.ValueFor(pair), out var cut);
            cuts += cut ? 1 : 0;
        }

        return new ExpectedRow(pair.Stored["ID"]!.ToString()!, Outcome.Confirmed, pair.Stored, new Row(shape, values), cuts);
    }

    // The same column has two spellings in practice.
    private static string Spelling(TableShape shape, string target) =>
        target == "ETATravleMinutes" && !shape.Has(target) ? "ETATravelMinutes" : target;
}
