using System.Text.RegularExpressions;
using Npgsql;

namespace CmEtl.Engine;

/// <summary>
/// The tables that each step reads. A step locks them in ACCESS SHARE mode before it takes its snapshot, so that it sees one state of all
/// tables, even if one is truncated, rewritten or swapped meanwhile. The order is fixed, so that two steps cannot deadlock.
/// </summary>
internal sealed partial class TableLocks(EtlSettings settings, SqlLibrary sql)
{
    /// <summary>The tables that Task 01 reads.</summary>
    public static readonly (string[] Conflict, string[] Analytics) Task01 =
        (["conflictvisitmaps", "conflicts", "payer_provider_reminders"], ["dimpayer", "dimpayerprovider", "dimprovider"]);

    /// <summary>The tables that a comparison reads.</summary>
    public static readonly (string[] Conflict, string[] Analytics) Compare = (["conflicts", "conflictvisitmaps", "conflictvisitmaps_temp"], []);

    /// <summary>The dimensions in parts/dimensions.sql.</summary>
    public static readonly string[] Dimensions =
        [.. Name().Matches(SqlLibrary.File("parts/dimensions")).Select(m => m.Groups[1].Value)];

    /// <summary>The tables that a chunk of Task 02 reads.</summary>
    public static readonly (string[] Conflict, string[] Analytics) Task02 =
        (["conflictvisitmaps", "excluded_agency", "excluded_ssn", "mph"], [.. Dimensions, "factvisitcallperformance_cr"]);

    /// <summary>Locks the tables until the transaction ends.</summary>
    /// <returns>The identity of each table's relations by name, as JSON.</returns>
    public async Task<string> LockAsync(
        NpgsqlConnection connection, (string[] Conflict, string[] Analytics) tables, CancellationToken cancel)
    {
        var (list, _) = await ReadAsync(connection, tables, cancel);
        if (list is not null)
        {
            await connection.ExecuteAsync(sql.With([new("tables", list)])["run/lock_tables"], cancel);
        }

        // A transaction that this one waited for may have replaced a relation.
        return (await ReadAsync(connection, tables, cancel)).Relations;
    }

    /// <summary>The list of the tables that can be locked, and the identity of each table's relations by name, as JSON.</summary>
    public async Task<(string? List, string Relations)> ReadAsync(
        NpgsqlConnection connection, (string[] Conflict, string[] Analytics) tables, CancellationToken cancel) =>
        (await connection.QueryAsync(
            sql["run/relations"], r => (r.IsDBNull(0) ? null : r.GetString(0), r.IsDBNull(1) ? "{}" : r.GetString(1)), cancel,
            ("conflict_schema", settings.ConflictSchema), ("conflict_tables", tables.Conflict),
            ("analytics_schema", settings.AnalyticsSchema), ("analytics_tables", tables.Analytics))).Single();

    [GeneratedRegex(@"'(\w+)'")]
    private static partial Regex Name();
}
