using Npgsql;

namespace CmEtl.Sandbox.Tests;

[Collection(ReadingTests.Name)]
public class GeneratorTests(GeneratedSandbox generated)
{
    private static readonly string[] Tables =
    [
        "conflict.conflictvisitmaps", "conflict.conflicts", "conflict.payer_provider_reminders", "conflict.excluded_ssn", "conflict.settings",
        "analytics.factvisitcallperformance_cr", "analytics.factvisitcallperformance_deleted_cr", "analytics.dimcaregiver",
        "analytics.dimpatient", "analytics.dimpatientaddress", "analytics.dimprovider", "analytics.dimpayerprovider",
    ];

    [Fact]
    public async Task The_same_seed_gives_the_same_rows_and_another_gives_others()
    {
        await using var same = await PostgresSandbox.StartAsync(GeneratedSandbox.Options, null, default);
        await using var other = await PostgresSandbox.StartAsync(GeneratedSandbox.Options with { Seed = 8 }, null, default);
        var expected = await ChecksumAsync(generated.Sandbox);
        Assert.Equal(expected, await ChecksumAsync(same));
        Assert.NotEqual(expected, await ChecksumAsync(other));
        Assert.Equal(generated.Sandbox.ConflictRows, other.ConflictRows);
    }

    [Fact]
    public async Task The_numbers_of_rows_are_those_asked_for()
    {
        Assert.Equal(GeneratedSandbox.Options.Visits, generated.Sandbox.Visits);
        Assert.InRange(generated.Sandbox.ConflictRows, 500, 1_000);
        Assert.Equal(generated.Sandbox.ConflictRows + 1,
            await Db.ScalarAsync<long>(generated.Sandbox, "SELECT nextval('conflict.conflictvisitmaps_id_seq')"));
    }

    [Fact]
    public async Task Every_rule_confirms_some_pairs_and_all_together_about_four_in_five()
    {
        await using var connection = await Db.OpenAsync(generated.Sandbox);
        await using (var rules = new NpgsqlCommand(GeneratedSandbox.Text("confirmed_pairs"), connection))
        {
            await rules.ExecuteNonQueryAsync();
        }

        await using var count = new NpgsqlCommand("""
            SELECT
              count(*) FILTER (WHERE rule1), count(*) FILTER (WHERE rule2), count(*) FILTER (WHERE rule3), count(*) FILTER (WHERE rule4),
              count(*) FILTER (WHERE rule5), count(*) FILTER (WHERE rule6),
              count(*) FILTER (WHERE rule7 AND g12 > 0), count(*) FILTER (WHERE rule7 AND g12 < 0),
              count(*) FILTER (WHERE rule1 OR rule2 OR rule3 OR rule4 OR rule5 OR rule6 OR rule7)
            FROM confirmed
            """, connection);
        await using var reader = await count.ExecuteReaderAsync();
        Assert.True(await reader.ReadAsync());
        Assert.All(Enumerable.Range(0, 8), rule => Assert.True(reader.GetInt64(rule) > 0, $"column {rule}"));
        Assert.InRange(reader.GetInt64(8) / (double)generated.Sandbox.ConflictRows, 0.72, 0.88);
    }

    // The load stamp is the time of generation.
    private static async Task<string> ChecksumAsync(PostgresSandbox sandbox)
    {
        var sums = Tables.Select(table => $"SELECT '{table}' || count(*) || sum(hashtextextended((to_jsonb(t) - 'Updated Datatimestamp')::text, 0)) AS s FROM {table} AS t");
        return await Db.ScalarAsync<string>(sandbox, $"SELECT string_agg(s, ' ' ORDER BY s) FROM ({string.Join(" UNION ALL ", sums)}) AS x");
    }
}
