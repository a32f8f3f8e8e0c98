using System.Globalization;
using System.Runtime.CompilerServices;
using Npgsql;

namespace CmEtl.Engine.Tests.Model;

/// <summary>
/// Reads whole tables. Values are string, <see cref="Numeric"/>, bool, DateOnly, DateTime (without a zone, in the connection's time zone)
/// or <see cref="BeyondTime"/>.
/// </summary>
public static class TableReader
{
    public static async Task<List<Row>> ReadAllAsync(NpgsqlConnection connection, string schema, string table)
    {
        var shape = await TableShape.ReadAsync(connection, schema, table);
        var rows = new List<Row>();
        await foreach (var row in StreamAsync(connection, shape))
        {
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>
    /// Rows by their key as text, without NULL keys. Of several rows with the same key, which are equal, one is returned.
    /// </summary>
    public static async Task<Dictionary<string, Row>> ReadByKeyAsync(NpgsqlConnection connection, string schema, string table, string key)
    {
        var byKey = new Dictionary<string, Row>(StringComparer.Ordinal);
        foreach (var row in await ReadAllAsync(connection, schema, table))
        {
            if (row[key]?.ToString() is { } id)
            {
                byKey.TryAdd(id, row);
            }
        }

        return byKey;
    }

    public static async IAsyncEnumerable<Row> StreamAsync(
        NpgsqlConnection connection, TableShape shape, string suffix = "", [EnumeratorCancellation] CancellationToken cancel = default)
    {
        await foreach (var row in StreamFromAsync(connection, shape, $"{Quote(shape.Schema)}.{Quote(shape.Table)} {suffix}", cancel))
        {
            yield return row;
        }
    }

    /// <summary>Reads rows with the columns of a table from another source.</summary>
    /// <param name="connection">The connection to read with.</param>
    /// <param name="shape">The columns to read.</param>
    /// <param name="source">The text after FROM.</param>
    /// <param name="cancel">Stops the call.</param>
    public static async IAsyncEnumerable<Row> StreamFromAsync(
        NpgsqlConnection connection, TableShape shape, string source, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var list = string.Join(", ", shape.Columns.Select(Expression));
        await using var command = new NpgsqlCommand($"SELECT {list} FROM {source}", connection);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            var values = new object?[shape.Columns.Count];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = await reader.IsDBNullAsync(i, cancel) ? null : Value(reader, i, shape.Columns[i]);
            }

            yield return new Row(shape, values);
        }
    }

    public static string Quote(string identifier) => "\"" + identifier.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    // As text, because a driver has no type for many numbers and times of PostgreSQL.
    private static string Expression(ColumnShape column) => column.Type switch
    {
        "boolean" => Quote(column.Name),
        "timestamp with time zone" => Quote(column.Name) + "::timestamp::text",
        _ => Quote(column.Name) + "::text",
    };

    private static object Value(NpgsqlDataReader reader, int ordinal, ColumnShape column) => column.Type switch
    {
        "numeric" or "bigint" or "integer" or "smallint" or "real" or "double precision" => Numeric.Read(reader.GetString(ordinal)),
        "date" => DateOnly.TryParseExact(reader.GetString(ordinal), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day : new BeyondTime(reader.GetString(ordinal)),
        "timestamp without time zone" or "timestamp with time zone" =>
            DateTime.TryParseExact(
                reader.GetString(ordinal), "yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
            ? moment : new BeyondTime(reader.GetString(ordinal)),
        "boolean" => reader.GetBoolean(ordinal),
        "character varying" or "text" or "character" or "uuid" => reader.GetString(ordinal),
        _ => throw new NotSupportedException($"Column {column.Name} has type {column.Type}, which neither generation has."),
    };
}
