using CmEtl.Engine.Tests.Cases;
using Npgsql;

namespace CmEtl.Engine.Tests.Model;

[Collection(ModelTestGroup.Name)]
public sealed class ReferenceTask01Tests(ModelServer server) : IAsyncLifetime
{
    private SandboxDatabase database = null!;
    private ExpectedTask01 expected = null!;

    public async Task InitializeAsync()
    {
        database = await server.CreateAsync();
        await Task01Scenario.ArrangeAsync(await ScenarioBuilder.CreateAsync(database.Connection));
        await ExecuteAsync("UPDATE conflict.conflicts SET \"StatusFlag\" = 'R'");
        expected = await ReferenceTask01.ComputeAsync(database.Connection, ScenarioBuilder.Window);
    }

    public async Task DisposeAsync() => await database.DisposeAsync();

    [Fact]
    public void Counters_count_only_actual_changes() => Assert.Equal(
        new Task01Counters(RemindersInserted: 2, RemindersChanged: 2, SnapshotRows: 4, SettingsRows: 1), expected.Counters);

    [Fact]
    public void Snapshot_holds_the_status_of_parent_and_child()
    {
        Assert.All(expected.Snapshot, row => Assert.Equal("R", row["StatusFlag"]));
        Assert.Equal(["U", "U", "U", "W"], expected.Snapshot.Select(row => row.Text("ConStatusFlag")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Long_names_are_cut_and_demo_payers_count()
    {
        var added = Assert.Single(expected.Reminders, row => row is { Id: null, PayerId: "demo" });
        Assert.Equal(new string('p', 100), added.Values["ProviderName"]);
        Assert.NotEqual("88", added.Values["AppPayerID"]);
    }

    [Fact]
    public async Task Comparer_accepts_the_expected_tables_and_shows_others()
    {
        var start = await database.NowAsync();
        Assert.Equal(4 + 3 + 2, (await CompareAsync(start)).Total);

        foreach (var row in expected.Snapshot)
        {
            await InsertAsync("conflictvisitmaps_temp", row.Shape.Columns.Select(column => (column.Name, row[column.Name])));
        }

        await ExecuteAsync("DELETE FROM conflict.payer_provider_reminders");
        foreach (var (row, i) in expected.Reminders.Select((row, i) => (row, i)))
        {
            var values = row.Values.ToDictionary(StringComparer.Ordinal);
            values["ID"] = row.Id ?? $"{100 + i}";
            values["CreatedDateTime"] = values["CreatedDateTime"] is RunTime ? start.AddSeconds(1) : values["CreatedDateTime"];
            await InsertAsync("payer_provider_reminders", values.Select(pair => (pair.Key, pair.Value)));
        }

        Assert.Equal("no difference", (await CompareAsync(start)).ToString());
        await ExecuteAsync("INSERT INTO conflict.conflictvisitmaps_temp SELECT * FROM conflict.conflictvisitmaps_temp LIMIT 1");
        await ExecuteAsync("UPDATE conflict.payer_provider_reminders SET \"NumberOfDays\" = 1 WHERE \"ID\" = 4");
        Assert.Equal(2, (await CompareAsync(start)).Total);
    }

    private Task<Comparison> CompareAsync(DateTime start) => Task01Comparer.CompareAsync(expected, database.Connection, start);

    private async Task InsertAsync(string table, IEnumerable<(string Column, object? Value)> values)
    {
        var list = values.ToList();
        var columns = string.Join(", ", list.Select(pair => TableReader.Quote(pair.Column)));
        var texts = string.Join(", ", list.Select(pair => ScenarioBuilder.Text(pair.Value) is { } text ? $"'{text}'" : "NULL"));
        await ExecuteAsync($"INSERT INTO conflict.{table} ({columns}) VALUES ({texts})");
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, database.Connection);
        await command.ExecuteNonQueryAsync();
    }
}
