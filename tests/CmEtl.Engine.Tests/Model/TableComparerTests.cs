using CmEtl.Engine.Tests.Cases;
using Npgsql;

namespace CmEtl.Engine.Tests.Model;

[Collection(ModelTestGroup.Name)]
public sealed class TableComparerTests(ModelCaseFixture fixture) : IClassFixture<ModelCaseFixture>
{
    private readonly NpgsqlConnection connection = fixture.Database.Connection;

    [Fact]
    public async Task Finds_every_kind_of_difference_and_hides_secrets()
    {
        var start = await fixture.Database.NowAsync();
        var before = await TableComparer.CompareAsync(fixture.Expected, connection, start);
        Assert.Equal(Comparison.MostShown, before.Shown.Count);
        Assert.True(before.Total > 1000);
        Assert.DoesNotContain("000-00-", before.ToString(), StringComparison.Ordinal);

        await ExpectedTableWriter.ApplyAsync(fixture.Expected, connection, start.AddSeconds(1));
        Assert.Equal("no difference", (await CompareAsync(start)).ToString());

        var confirmed = fixture.PairOf("schedules: equal").Id;
        await ExecuteAsync($"UPDATE conflict.conflictvisitmaps SET \"TempGroupID\" = 4, \"SSN\" = 'x' WHERE \"ID\" = {confirmed}");
        await ExecuteAsync($"DELETE FROM conflict.conflictvisitmaps WHERE \"ID\" = {fixture.PairOf("schedules: touching").Id}");
        await ExecuteAsync("INSERT INTO conflict.conflictvisitmaps (\"ID\") VALUES (999999)");
        Assert.Equal(
            [
                $"row {confirmed}, SSN (Confirmed): expected ***, actual ***",
                $"row {confirmed}, TempGroupID (Confirmed): expected NULL, actual 4",
                "row 999999, *: expected no such row, actual a row",
                $"row *, *: expected {fixture.Expected.Rows.Count} rows, actual 1 of them are gone",
            ],
            (await CompareAsync(start)).Shown.Select(difference => difference.ToString()));
        Assert.Equal(
            fixture.Expected.Counters.Confirmed,
            (await CompareAsync(start.AddSeconds(2))).Total - 4);
    }

    private Task<Comparison> CompareAsync(DateTime start) => TableComparer.CompareAsync(fixture.Expected, connection, start);

    private async Task ExecuteAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
