using Npgsql;

namespace CmEtl.Engine.Tests.Model;

/// <summary>Compares every column of every row, so that unwanted changes are found too.</summary>
public static class TableComparer
{
    /// <param name="expected">The result of a run that writes every confirmed row.</param>
    /// <param name="connection">The database after the run.</param>
    /// <param name="runStart">Time of the database clock, in UTC.</param>
    /// <param name="keepsUnchanged">Whether a row whose values would not change may keep its UpdatedDate.</param>
    public static async Task<Comparison> CompareAsync(ExpectedTable expected, NpgsqlConnection connection, DateTime runStart,
        bool keepsUnchanged = false)
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
            CompareRow(row, actual, start, keepsUnchanged, comparison);
        }

        if (seen < expected.Rows.Count)
        {
            comparison.Add(new Difference("*", "*", $"{expected.Rows.Count} rows", $"{expected.Rows.Count - seen} of them are gone"));
        }

        return comparison;
    }

    private static void CompareRow(ExpectedRow expected, Row actual, DateTime runStart, bool keepsUnchanged, Comparison comparison)
    {
        for (var i = 0; i < actual.Values.Length; i++)
        {
            var (want, have) = (expected.After.Values[i], actual.Values[i]);
            var same = want is RunTime
                ? RunTime.Accepts(have, runStart) || (keepsUnchanged && Equals(have, expected.Before.Values[i]))
                : Equals(want, have);
            if (!same)
            {
                var column = actual.Shape.Columns[i];
                comparison.Add(new Difference(expected.Id, $"{column.Name} ({expected.Outcome})", column.Show(want), column.Show(have)));
            }
        }
    }
}
