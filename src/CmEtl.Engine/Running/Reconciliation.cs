using System.Text.Json.Serialization;
using Npgsql;

namespace CmEtl.Engine;

/// <summary>The table at the end of a run beside what its chunks say they did; see sql/run/reconcile.sql.</summary>
/// <param name="Rows">Rows of the window.</param>
/// <param name="Late">Rows that no chunk has examined as they are now.</param>
/// <param name="Written">Confirmed rows that this run wrote.</param>
/// <param name="Unchanged">Confirmed rows that were equal already.</param>
/// <param name="Unconfirmed">Examined rows without a live pair.</param>
/// <param name="Deferred">Examined in-service and paid-time-off rows.</param>
/// <param name="ChunksWritten">The sum of what the chunks wrote.</param>
/// <param name="ChunksUnchanged">The sum of what the chunks found equal.</param>
/// <param name="ChunksMarked">The sum of what the chunks left marked.</param>
internal sealed record Reconciliation(
    long Rows, long Late, long Written, long Unchanged, long Unconfirmed, long Deferred, long ChunksWritten, long ChunksUnchanged,
        long ChunksMarked)
{
    public static async Task<Reconciliation> ReadAsync(
        NpgsqlConnection connection, SqlLibrary library, (string, object?)[] parameters, CancellationToken cancel) =>
        (await connection.QueryAsync(library["run/reconcile"], Read, cancel, parameters)).Single();

    /// <summary>
    /// Why the table contradicts the chunks; empty when it does not. The application can only take rows away from what chunks have counted.
    /// </summary>
    [JsonIgnore]
    public string Contradiction =>
        Written > ChunksWritten || Unchanged > ChunksUnchanged || Unconfirmed + Deferred > ChunksMarked
            ? $"the table holds {Written} written, {Unchanged} unchanged and {Unconfirmed + Deferred} marked rows of this run, its chunks account for "
              + $"{ChunksWritten}, {ChunksUnchanged} and {ChunksMarked}"
            : "";

    private static Reconciliation Read(NpgsqlDataReader r) => new(
        r.Get<long>("rows"), r.Get<long>("late"), r.Get<long>("written"), r.Get<long>("unchanged"), r.Get<long>("unconfirmed"), r.Get<long>("deferred"),
        r.Get<long>("chunks_written"), r.Get<long>("chunks_unchanged"), r.Get<long>("chunks_marked"));
}

/// <summary>Compiled ahead of time: the function has no reflection.</summary>
[JsonSerializable(typeof(Reconciliation))]
internal sealed partial class ReconciliationJson : JsonSerializerContext;
