using Npgsql;

namespace CmEtl.Engine.Tests.Model;

/// <summary>Compares every column of every row, so that a change nobody asked for shows as well.</summary>
public static class TableComparer
{
    /// <param name="runStart">By the database clock, at UTC.</param>
    public static async Task<Comparison> CompareAsync(ExpectedTable expected, NpgsqlConnection connection, DateTime runStart)
    {
        var comparison = new Comparison();
        var start = DateTime.SpecifyKind(runStart, DateTimeKind.Unspecified);
        var seen = 0;
        await foreach (var actual in TableReader.StreamAsync(connection, expected.Shape, "ORDER BY \"ID\""))
        {
            var id = actual["ID"]!.ToString()!;
            if (!expected.Rows.TryGetValue(id, out var row))
            {
                comparison.Add(new Difference(id, "*", "no such row", "a row"));
                continue;
            }

            seen++;
            CompareRow(row, actual, start, comparison);
        }

        if (seen < expected.Rows.Count)
        {
            comparison.Add(new Difference("*", "*", $"{expected.Rows.Count} rows", $"{expected.Rows.Count - seen} of them are gone"));
        }

        return comparison;
    }

    private static void CompareRow(ExpectedRow expected, Row actual, DateTime runStart, Comparison comparison)
    {
        for (var i = 0; i < actual.Values.Length; i++)
        {
            var (want, have) = (expected.After.Values[i], actual.Values[i]);
            if (want is RunTime ? !RunTime.Accepts(have, runStart) : !Equals(want, have))
            {
                var column = actual.Shape.Columns[i];
                comparison.Add(new Difference(expected.Id, $"{column.Name} ({expected.Outcome})", column.Show(want), column.Show(have)));
            }
        }
    }
}
