using System.Text.Json.Serialization;
using Npgsql;

namespace CmEtl.Engine;

/// <summary>The counts of the table at the end of a run, next to the sums of its chunks. See sql/run/reconcile.sql.</summary>
/// <param name="Rows">Rows of the window.</param>
/// <param name="Late">Rows whose current version no chunk has examined.</param>
/// <param name="Written">Confirmed rows that this run wrote.</param>
/// <param name="Unchanged">Confirmed rows that were already equal.</param>
/// <param name="Unconfirmed">Examined rows for which no rule held.</param>
/// <param name="Deferred">Examined in-service and paid-time-off rows.</param>
/// <param name="ChunksWritten">Sum of the rows that the chunks wrote.</param>
/// <param name="ChunksUnchanged">Sum of the rows that the chunks found equal.</param>
/// <param name="ChunksMarked">Sum of the rows that the chunks left marked.</param>
internal sealed record Reconciliation(
    long Rows, long Late, long Written, long Unchanged, long Unconfirmed, long Deferred, long ChunksWritten, long ChunksUnchanged,
    long ChunksMarked)
{
    public static async Task<Reconciliation> ReadAsync(
        NpgsqlConnection connection, SqlLibrary library, (string, object?)[] parameters, CancellationToken cancel) =>
        (await connection.QueryAsync(library["run/reconcile"], Read, cancel, parameters)).Single();

    /// <summary>
    /// Why the table contradicts the chunks; empty when it does not. The application can only reduce the numbers that the chunks have
    /// counted.
    /// </summary>
    [JsonIgnore]
    public string Contradiction =>
        Written > ChunksWritten || Unchanged > ChunksUnchanged || Unconfirmed + Deferred > ChunksMarked
            ? $"the table contains {Written} written, {Unchanged} unchanged and {Unconfirmed + Deferred} marked rows of this run, its chunks account for "
              + $"{ChunksWritten}, {ChunksUnchanged} and {ChunksMarked}"
            : "";

    private static Reconciliation Read(NpgsqlDataReader r) => new(
        r.Get<long>("rows"), r.Get<long>("late"), r.Get<long>("written"), r.Get<long>("unchanged"), r.Get<long>("unconfirmed"), r.Get<long>("deferred"),
        r.Get<long>("chunks_written"), r.Get<long>("chunks_unchanged"), r.Get<long>("chunks_marked"));
}

/// <summary>Source-generated, because the function is compiled ahead of time and has no reflection.</summary>
[JsonSerializable(typeof(Reconciliation))]
internal sealed partial class ReconciliationJson : JsonSerializerContext;
