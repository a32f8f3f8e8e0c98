using System.Globalization;
using CmEtl.Engine.Tests.Model;
using Npgsql;
using NpgsqlTypes;

namespace CmEtl.Engine.Tests.Cases;

/// <summary>
/// Small consistent data in an empty database, to which a test adds a pair of visits in one line. Every pair has two visits of one
/// caregiver with two providers, both scheduled 08:00 to 10:00, not started, without coordinates, and one stored row with all seven flags
/// at N. So by default rule 1 holds.
/// </summary>
public sealed class ScenarioBuilder
{
    /// <summary>An SSN that is never issued.</summary>
    public const string Ssn = "000-00-0001";

    private readonly NpgsqlConnection connection;
    private readonly SchemaNames schemas;
    private long lastNumber = 1000;

    private ScenarioBuilder(NpgsqlConnection connection, SchemaNames schemas)
    {
        this.connection = connection;
        this.schemas = schemas;
    }

    /// <summary>The date of every visit unless a test sets another. It is inside the default window.</summary>
    public static DateOnly Day { get; } = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(-10);

    /// <summary>The default window of the pipeline around today.</summary>
    public static Window Window { get; } = new(
        DateOnly.FromDateTime(DateTime.UtcNow).AddYears(-2), DateOnly.FromDateTime(DateTime.UtcNow).AddDays(30));

    public static DateTime At(string time)
    {
        var parts = time.Split(':').Select(part => double.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        return Day.ToDateTime(TimeOnly.MinValue).AddHours(parts[0]).AddMinutes(parts[1]).AddSeconds(parts.Length > 2 ? parts[2] : 0);
    }

    /// <summary>Prepares an empty database: settings, speed bands with a gap and touching bounds, ordinary dimension rows.</summary>
    public static async Task<ScenarioBuilder> CreateAsync(NpgsqlConnection connection, SchemaNames? schemas = null)
    {
        var world = new ScenarioBuilder(connection, schemas ?? SchemaNames.Default);
        await world.InsertAsync("settings", ("ID", 1), ("ExtraDistance", 20), ("ExtraDistancePer", 1.20m), ("InProgressFlag", 2));
        var bands = new[] { (0, 2, 2), (2, 5, 6), (5, 10, 15), (10, 25, 25), (30, 50, 45), (60, 70, 0), (80, 90, 60) };
        foreach (var (from, to, speed) in bands)
        {
            await world.InsertAsync("mph", ("ID", world.NextNumber()), ("From", from), ("To", to), ("AverageMilesPerHour", speed));
        }

        foreach (var side in new[] { 1, 2 })
        {
            foreach (var (dimension, table) in DimensionTable.All)
            {
                var id = OrdinaryId(dimension, side);
                await world.InsertDimensionAsync(table, id, side, []);
                if (dimension is Dimension.Patient or Dimension.PayerPatient)
                {
                    await world.InsertAddressAsync(id, side, []);
                }
            }
        }

        return world;
    }

    public static string OrdinaryId(Dimension dimension, int side) => $"{dimension}-{side}";

    public long NextNumber() => ++lastNumber;

    /// <summary>Inserts two visits and their stored row.</summary>
    public async Task<StoredPair> PairAsync(
        Action<VisitBuilder>? first = null, Action<VisitBuilder>? second = null, Action<RowBuilder>? row = null)
    {
        var one = await VisitAsync(1, first);
        var two = await VisitAsync(2, second);
        return await RowAsync(one, two, row);
    }

    /// <summary>Inserts the row of the opposite direction.</summary>
    public Task<StoredPair> MirrorAsync(StoredPair pair, Action<RowBuilder>? row = null) =>
        RowAsync(pair.SecondVisit, pair.FirstVisit, row);

    /// <summary>Inserts one visit, with its own dimension rows where they differ. Returns its id.</summary>
    public async Task<string> VisitAsync(int side, Action<VisitBuilder>? configure = null)
    {
        var visit = new VisitBuilder().Scheduled("08:00", "10:00");
        configure?.Invoke(visit);
        var number = NextNumber();
        var columns = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["Visit Id"] = $"visit-{number}", ["Application Visit Id"] = number, ["Visit Date"] = Day,
            ["Patient Id"] = $"patient-{number}", ["Application Patient Id"] = number,
            ["Bill Type"] = "Hourly", ["Billed"] = "no", ["Billed Hours"] = 2.25m, ["Billed Rate"] = 30.125m,
            ["Total Billed Amount"] = 60.25m, ["Bill Rate Non-Billed"] = 27.5m, ["Invoice Date"] = Day.AddDays(5), ["Is Missed"] = false,
            ["Visit Updated Timestamp"] = At("20:00"), ["Call Out Device Type"] = "Phone",
        };
        foreach (var (dimension, table) in DimensionTable.All)
        {
            columns[table.FactColumn] = await DimensionIdAsync(visit, dimension, side);
            columns[table.ApplicationColumn!] = side;
        }

        foreach (var (column, value) in visit.Columns)
        {
            columns[column] = value;
        }

        await InsertAsync("factvisitcallperformance_cr", [.. columns.Select(pair => (pair.Key, pair.Value))]);
        return (string)columns["Visit Id"]!;
    }

    /// <summary>Inserts the stored row of two visits, with old values in columns that a run must clear or leave alone.</summary>
    public async Task<StoredPair> RowAsync(string firstVisit, string secondVisit, Action<RowBuilder>? configure = null)
    {
        var row = new RowBuilder();
        var conflict = NextNumber();
        row.Set("ID", NextNumber()).Set("CONFLICTID", conflict).Set("VisitID", firstVisit).Set("ConVisitID", secondVisit)
            .Set("AppVisitID", "old").Set("ConAppVisitID", "old").Set("SSN", Ssn).Set("VisitDate", Day)
            .Set("StatusFlag", "U").Set("UpdateFlag", null).Set("UpdatedDate", At("00:00")).Set("InServiceFlag", "N").Set("PTOFlag", "N")
            .Set("PName", "old").Set("PZipCode", "old").Set("ConPName", "old").Set("ConPAppAddressID", 7)
            .Set("ResolveDate", At("00:00")).Set("ResolvedBy", "old").Set("GroupID", 3);
        foreach (var flag in Rules.Flags)
        {
            row.Set(flag, "N");
        }

        configure?.Invoke(row);
        await InsertAsync("conflicts", ("CONFLICTID", conflict), ("StatusFlag", "U"));
        await InsertAsync("conflictvisitmaps", [.. row.Columns.Select(pair => (pair.Key, pair.Value))]);
        return new StoredPair(this, Text(row.Columns["ID"])!, firstVisit, secondVisit);
    }

    /// <summary>Inserts any row into any table of the two schemas.</summary>
    public async Task InsertAsync(string table, params (string Column, object? Value)[] values)
    {
        var analytics = table.StartsWith("dim", StringComparison.Ordinal) || table.StartsWith("fact", StringComparison.Ordinal);
        var columns = string.Join(", ", values.Select(value => TableReader.Quote(value.Column)));
        var places = string.Join(", ", values.Select((_, i) => $"${i + 1}"));
        var target = TableReader.Quote(analytics ? schemas.Analytics : schemas.Conflict) + "." + TableReader.Quote(table);
        await using var command = new NpgsqlCommand($"INSERT INTO {target} ({columns}) VALUES ({places})", connection);
        foreach (var (_, value) in values)
        {
            // Untyped text lets the server choose the type of the column, so one builder serves both schema generations.
            command.Parameters.Add(new NpgsqlParameter
            {
                Value = (object?)Text(value) ?? DBNull.Value,
                NpgsqlDbType = NpgsqlDbType.Unknown,
            });
        }

        await command.ExecuteNonQueryAsync();
    }

    public async Task<Row> ReadRowAsync(string id)
    {
        var shape = await TableShape.ReadAsync(connection, schemas.Conflict, "conflictvisitmaps");
        await foreach (var row in TableReader.StreamAsync(
            connection, shape, $"WHERE \"ID\" = {long.Parse(id, CultureInfo.InvariantCulture)}"))
        {
            return row;
        }

        throw new InvalidOperationException($"There is no stored row {id}.");
    }

    public async Task<string> ProviderOfAsync(string visitId)
    {
        await using var command = new NpgsqlCommand(
            $"SELECT \"Provider Id\" FROM {TableReader.Quote(schemas.Analytics)}.factvisitcallperformance_cr WHERE \"Visit Id\" = $1",
            connection)
        {
            Parameters = { new() { Value = visitId } },
        };
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private async Task<string> DimensionIdAsync(VisitBuilder visit, Dimension dimension, int side)
    {
        var addresses = dimension switch
        {
            Dimension.Patient => visit.Addresses,
            Dimension.PayerPatient => visit.PayerAddresses,
            _ => [],
        };
        if (!visit.Overrides.ContainsKey(dimension) && addresses.Count == 0)
        {
            return OrdinaryId(dimension, side);
        }

        var number = NextNumber();
        var id = $"{dimension}-{number}";
        await InsertDimensionAsync(DimensionTable.All[dimension], id, number, visit.Overrides.GetValueOrDefault(dimension) ?? []);
        foreach (var address in addresses)
        {
            await InsertAddressAsync(id, NextNumber(), address);
        }

        return id;
    }

    /// <summary>Sets the sequence to the last ID that was assigned by hand.</summary>
    public async Task AdvanceReminderIdsAsync(int lastId)
    {
        await using var command = new NpgsqlCommand($"SELECT setval('{schemas.Conflict}.payer_provider_reminders_id_seq', {lastId})", connection);
        await command.ExecuteNonQueryAsync();
    }

    private Task InsertDimensionAsync(DimensionTable table, string id, long number, IEnumerable<(string Column, object? Value)> overrides)
    {
        var columns = new Dictionary<string, object?>(StringComparer.Ordinal) { [table.Key] = id, [table.OwnApplicationColumn] = number };
        foreach (var (column, value) in table.Defaults)
        {
            columns[column] = value is string text ? text.Replace("{0}", Text(number), StringComparison.Ordinal) : value;
        }

        foreach (var (column, value) in overrides)
        {
            columns[column] = value;
        }

        return InsertAsync(table.Table, [.. columns.Select(pair => (pair.Key, pair.Value))]);
    }

    private Task InsertAddressAsync(string patient, long number, (string Column, object? Value)[] overrides)
    {
        var columns = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["Patient Address Id"] = $"address-{patient}-{number}", ["Application Patient Address Id"] = number, ["Patient Id"] = patient,
            ["Address Type"] = "Home, GPS", ["Address Line 1"] = $"{number} Main St", ["City"] = "Albany", ["County"] = "Albany",
            ["Address State"] = "NY", ["Zip Code"] = $"12{number}", ["Primary Address"] = true,
            ["Application Created UTC Timestamp"] = At("00:00"),
        };
        foreach (var (column, value) in overrides)
        {
            columns[column] = value;
        }

        return InsertAsync("dimpatientaddress", [.. columns.Select(pair => (pair.Key, pair.Value))]);
    }

    /// <summary>A value as text that PostgreSQL converts to any suitable type.</summary>
    public static string? Text(object? value) => value switch
    {
        null => null,
        DateTime moment => moment.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
