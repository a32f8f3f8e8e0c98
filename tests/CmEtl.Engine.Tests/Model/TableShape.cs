using Npgsql;

namespace CmEtl.Engine.Tests.Model;

/// <summary>The columns of one table, read from the catalog.</summary>
public sealed class TableShape
{
    private const string Catalogue = """
        SELECT a.attname::text, pg_catalog.format_type(a.atttypid, NULL), a.atttypmod
        FROM pg_catalog.pg_attribute a
        JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = $1 AND c.relname = $2 AND a.attnum > 0 AND NOT a.attisdropped
        ORDER BY a.attnum
        """;

    private readonly Dictionary<string, int> ordinals = new(StringComparer.Ordinal);

    private TableShape(string schema, string table, List<ColumnShape> columns)
    {
        Schema = schema;
        Table = table;
        Columns = columns;
        for (var i = 0; i < columns.Count; i++)
        {
            ordinals.Add(columns[i].Name, i);
        }
    }

    public string Schema { get; }

    public string Table { get; }

    public IReadOnlyList<ColumnShape> Columns { get; }

    public static async Task<TableShape> ReadAsync(NpgsqlConnection connection, string schema, string table)
    {
        await using var command = new NpgsqlCommand(Catalogue, connection)
        {
            Parameters = { new() { Value = schema }, new() { Value = table } },
        };
        await using var reader = await command.ExecuteReaderAsync();
        var columns = new List<ColumnShape>();
        while (await reader.ReadAsync())
        {
            var type = reader.GetString(1);
            var modifier = reader.GetInt32(2);
            var limited = modifier >= 4;
            columns.Add(new ColumnShape(
                reader.GetString(0),
                type,
                limited && type == "character varying" ? modifier - 4 : null,
                limited && type == "numeric" ? (modifier - 4) & 0x7ff : null,
                limited && type == "numeric" ? (modifier - 4) >> 16 : null));
        }

        return columns.Count > 0
            ? new TableShape(schema, table, columns)
            : throw new InvalidOperationException($"There is no table {schema}.{table}.");
    }

    public bool Has(string column) => ordinals.ContainsKey(column);

    public int Ordinal(string column) => ordinals.TryGetValue(column, out var ordinal)
        ? ordinal
        : throw new InvalidOperationException($"There is no column {column} in {Schema}.{Table}.");
}
