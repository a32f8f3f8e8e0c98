using CmEtl.Engine.Tests.Cases;
using Npgsql;
using NpgsqlTypes;

namespace CmEtl.Engine.Tests.Model;

/// <summary>Writes the model's result into the table, so that the comparer can be tested without the engine.</summary>
public static class ExpectedTableWriter
{
    public static async Task ApplyAsync(ExpectedTable expected, NpgsqlConnection connection, DateTime runTime)
    {
        foreach (var row in expected.Rows.Values.Where(row => row.Outcome != Outcome.Untouched))
        {
            var sets = expected.Shape.Columns.Select((column, i) => $"{TableReader.Quote(column.Name)} = ${i + 1}");
            await using var command = new NpgsqlCommand(
                $"UPDATE conflict.conflictvisitmaps SET {string.Join(", ", sets)} WHERE \"ID\" = {row.Id}", connection);
            foreach (var value in row.After.Values)
            {
                command.Parameters.Add(new NpgsqlParameter
                {
                    Value = (object?)ScenarioBuilder.Text(value is RunTime ? runTime : value) ?? DBNull.Value,
                    NpgsqlDbType = NpgsqlDbType.Unknown,
                });
            }

            await command.ExecuteNonQueryAsync();
        }
    }
}
