using System.Text.Json.Serialization;
using Npgsql;

namespace CmEtl.Engine;

/// <summary>
/// The row counts of a chunk or a run. To add a count, add a property here, a line in each of the two lists below, and a column of that
/// name in task02/update.sql, chunk/complete.sql and ledger/views.sql.
/// </summary>
public abstract record RowCounts
{
    /// <summary>Rows that were updated. In a dry run, rows that would be updated.</summary>
    [JsonRequired]
    [JsonPropertyName("rows_updated")] // in the reply of the function
    public long RowsConfirmed { get; init; }

    /// <summary>Confirmed rows that were already equal and kept their version (skip_unchanged, delta).</summary>
    public long RowsUnchanged { get; init; }

    /// <summary>Rows for which no rule held. Their UpdateFlag stays 1 for the sweep.</summary>
    public long RowsUnconfirmed { get; init; }

    /// <summary>Unconfirmed rows for which an unusable value of a visit may be the reason that no rule held.</summary>
    public long RowsDoubtful { get; init; }

    /// <summary>In-service and paid-time-off rows. Their UpdateFlag stays 1 for later tasks.</summary>
    public long RowsDeferred { get; init; }

    /// <summary>GPS texts that were ignored because they are unusable.</summary>
    public long GpsRejects { get; init; }

    /// <summary>
    /// Days, times and numbers of visits that are unusable or do not fit their column, and were left out. GPS texts are counted separately.
    /// </summary>
    public long UnusableValues { get; init; }

    /// <summary>Values truncated to the width of their column.</summary>
    public long WidthCuts { get; init; }

    /// <summary>A copy of the record with the counts of another one added.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="record">The record; it is not changed.</param>
    /// <param name="counts">The counts to add.</param>
    public static T Add<T>(T record, RowCounts counts)
        where T : RowCounts
    {
        var (own, more) = (record.ToColumns(), counts.ToColumns());
        return With(record, column => own[column] + more[column]);
    }

    /// <summary>A copy of the record with the counts of a result row.</summary>
    internal static T Read<T>(T record, NpgsqlDataReader row)
        where T : RowCounts => With(record, row.Get<long>);

    /// <summary>The counts by the columns of the ledger.</summary>
    internal IReadOnlyDictionary<string, long> ToColumns() => new Dictionary<string, long>
    {
        ["rows_confirmed"] = RowsConfirmed,
        ["rows_unchanged"] = RowsUnchanged,
        ["rows_unconfirmed"] = RowsUnconfirmed,
        ["rows_doubtful"] = RowsDoubtful,
        ["rows_deferred"] = RowsDeferred,
        ["gps_rejects"] = GpsRejects,
        ["unusable_values"] = UnusableValues,
        ["width_cuts"] = WidthCuts,
    };

    private static T With<T>(T record, Func<string, long> column)
        where T : RowCounts => (T)((RowCounts)record with
    {
        RowsConfirmed = column("rows_confirmed"),
        RowsUnchanged = column("rows_unchanged"),
        RowsUnconfirmed = column("rows_unconfirmed"),
        RowsDoubtful = column("rows_doubtful"),
        RowsDeferred = column("rows_deferred"),
        GpsRejects = column("gps_rejects"),
        UnusableValues = column("unusable_values"),
        WidthCuts = column("width_cuts"),
    });
}
