using System.Text;
using Npgsql;

namespace CmEtl.Engine.Tests.Model;

/// <summary>Compares both tables of Task 01 with the expected ones.</summary>
public static class Task01Comparer
{
    /// <param name="runStart">Time of the database clock, in UTC.</param>
    public static async Task<Comparison> CompareAsync(ExpectedTask01 expected, NpgsqlConnection connection, DateTime runStart)
    {
        var comparison = new Comparison();
        await CompareSnapshotAsync(expected, connection, comparison);
        await CompareRemindersAsync(expected, connection, DateTime.SpecifyKind(runStart, DateTimeKind.Unspecified), comparison);
        return comparison;
    }

    private static async Task CompareSnapshotAsync(ExpectedTask01 expected, NpgsqlConnection connection, Comparison comparison)
    {
        var left = new Dictionary<string, (int Count, string? Id)>(StringComparer.Ordinal);
        foreach (var row in expected.Snapshot)
        {
            var key = Key(row);
            left[key] = (left.GetValueOrDefault(key).Count + 1, row["ID"]?.ToString());
        }

        await foreach (var row in TableReader.StreamAsync(connection, expected.SnapshotShape))
        {
            var key = Key(row);
            if (left.TryGetValue(key, out var entry) && entry.Count > 0)
            {
                left[key] = entry with { Count = entry.Count - 1 };
            }
            else
            {
                comparison.Add(new Difference(row["ID"]?.ToString() ?? "NULL", "snapshot", "no such row", "a row"));
            }
        }

        foreach (var (count, id) in left.Values.Where(entry => entry.Count > 0))
        {
            comparison.Add(new Difference(id ?? "NULL", "snapshot", $"{count} such row(s) more", "none"));
        }
    }

    private static async Task CompareRemindersAsync(
        ExpectedTask01 expected, NpgsqlConnection connection, DateTime runStart, Comparison comparison)
    {
        var byId = expected.Reminders.Where(row => row.Id is not null).ToDictionary(row => row.Id!, StringComparer.Ordinal);
        var added = expected.Reminders.Where(row => row.Id is null).ToDictionary(row => (row.PayerId, row.ProviderId));
        await foreach (var actual in TableReader.StreamAsync(connection, expected.ReminderShape))
        {
            var id = actual["ID"]!.ToString()!;
            if (!byId.Remove(id, out var row) && !added.Remove((actual.Text("PayerID"), actual.Text("ProviderID")), out row))
            {
                comparison.Add(new Difference(id, "reminder", "no such row", "a row"));
                continue;
            }

            foreach (var (column, want) in row.Values)
            {
                if (want is RunTime ? !RunTime.Accepts(actual[column], runStart) : !Equals(want, actual[column]))
                {
                    var shape = actual.Shape.Columns[actual.Shape.Ordinal(column)];
                    comparison.Add(new Difference(id, $"reminder.{column}", shape.Show(want), shape.Show(actual[column])));
                }
            }
        }

        foreach (var row in byId.Values.Concat(added.Values))
        {
            comparison.Add(new Difference(row.Id ?? "new", "reminder", $"payer {row.PayerId}, provider {row.ProviderId}", "no row"));
        }
    }

    // The time of the copy depends on the run and is not part of a row's identity.
    private static string Key(Row row)
    {
        var key = new StringBuilder();
        for (var i = 0; i < row.Values.Length; i++)
        {
            var value = row.Shape.Columns[i].Name == "CreatedDate" ? "" : row.Values[i];
            key.Append(value switch
            {
                null => "N",
                DateTime moment => "V" + moment.Ticks,
                DateOnly day => "V" + day.DayNumber,
                _ => "V" + value,
            }).Append('\u001f');
        }

        return key.ToString();
    }
}
