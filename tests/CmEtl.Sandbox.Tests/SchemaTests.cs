using Npgsql;

namespace CmEtl.Sandbox.Tests;

[Collection(ReadingTests.Name)]
public class SchemaTests(GeneratedSandbox generated)
{
    /// <summary>One line per table: its name, then every column with its type in the order of the table. ! means NOT NULL.</summary>
    private static string[] Expected => GeneratedSandbox.Text("columns").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static TheoryData<string> Tables => [.. Expected.Select(line => line.Split('|')[0])];

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task Columns_are_as_specified(string table)
    {
        await using var connection = await Db.OpenAsync(generated.Sandbox);
        await using var command = new NpgsqlCommand("""
            SELECT attname || ' ' || format_type(atttypid, atttypmod) || CASE WHEN attnotnull THEN '!' ELSE '' END
            FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 ORDER BY attnum
            """, connection);
        command.Parameters.Add(new() { Value = table });
        var columns = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            columns.Add(reader.GetString(0)
                .Replace("character varying", "varchar")
                .Replace("timestamp without time zone", "timestamp")
                .Replace("timestamp with time zone", "timestamptz"));
        }

        Assert.Equal(Expected.Single(line => line.StartsWith(table + '|')).Split('|').Skip(1), columns);
    }

    [Fact]
    public async Task There_are_no_other_tables_and_each_has_a_key_except_the_snapshots()
    {
        Assert.Equal(Expected.Length, await Db.ScalarAsync<long>(generated.Sandbox,
            "SELECT count(*) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"));
        Assert.Equal("conflictvisitmaps_temp,log_history_values_temp", await Db.ScalarAsync<string>(generated.Sandbox, """
            SELECT string_agg(relname, ',' ORDER BY relname) FROM pg_class AS c
            WHERE relkind = 'r' AND relnamespace IN ('conflict'::regnamespace, 'analytics'::regnamespace)
              AND NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = c.oid AND contype = 'p')
            """));
    }

    [Theory]
    [InlineData("conflict.conflictvisitmaps", "(\"SSN\")")]
    [InlineData("conflict.conflictvisitmaps", "(\"VisitDate\") WHERE (\"CONFLICTID\" IS NOT NULL)")]
    [InlineData("conflict.conflictvisitmaps", "(\"VisitID\")")]
    [InlineData("analytics.factvisitcallperformance_cr", "(\"Visit Id\")")]
    public async Task Index_exists(string table, string definition) => Assert.Equal(1, await Db.ScalarAsync<long>(generated.Sandbox,
        $"SELECT count(*) FROM pg_index WHERE indrelid = '{table}'::regclass AND pg_get_indexdef(indexrelid) LIKE '%{definition}'"));

    [Fact]
    public async Task Defaults_are_as_specified() => Assert.Equal("14 sequences, 'U', 'U', 0", await Db.ScalarAsync<string>(generated.Sandbox, """
        SELECT
          count(*) FILTER (WHERE column_default LIKE 'nextval%') || ' sequences, '
          || max(split_part(column_default, '::', 1)) FILTER (WHERE table_name = 'conflictvisitmaps' AND column_name = 'StatusFlag') || ', '
          || max(split_part(column_default, '::', 1)) FILTER (WHERE table_name = 'conflicts' AND column_name = 'StatusFlag') || ', '
          || max(column_default) FILTER (WHERE table_name = 'settings' AND column_name = 'ID')
        FROM information_schema.columns WHERE table_schema = 'conflict'
        """));
}
