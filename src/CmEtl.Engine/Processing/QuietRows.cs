using Npgsql;

namespace CmEtl.Engine;

/// <summary>
/// Of a run with delta: finds the claimed rows into which nothing goes that has changed since the base run. They are confirmed as they are.
/// </summary>
internal static class QuietRows
{
    /// <summary>The key of what concerns every pair; when it differs, none is quiet.</summary>
    private const string Reference = "reference";

    /// <summary>In the chunk's transaction, after its rows are claimed: compares what it sees with what the base run saw, row version by row version.</summary>
    public static async Task<ChunkInputs> FindAsync(
        NpgsqlConnection connection, SqlLibrary library, RunRow run, (string, object?)[] parameters, CancellationToken cancel)
    {
        var seen = await PreparedAsync(
            connection, [ChunkStage.Claimed.Fill(library), library["task02/versions"]],
            [.. parameters, ("run_id", run.RunId), ("base_versions", run.Base?.Versions), ("base_baseline", run.Base?.Baseline)],
            batch => batch.SingleAsync(
                r => (Versions: r.Get<string>("versions"), Same: r.Get<string[]>("same"), Age: r.GetOrNull<int>("base_age"),
                    Claimed: r.Get<long>("rows_claimed"), Eligible: r.Get<long>("rows_eligible")), cancel), cancel);
        var quiet = run.Base is not { } known || !seen.Same.Contains(Reference) ? 0 : await PreparedAsync(
            connection, [library["task02/quiet"]],
            [
                .. parameters, ("same", seen.Same), ("base_age", seen.Age), ("base_id", known.RunId), ("base_from", known.WindowFrom),
                ("base_to", known.WindowTo), ("base_started", known.StartedLocal),
            ],
            batch => batch.ExecuteNonQueryAsync(cancel), cancel);
        return new ChunkInputs(seen.Versions, seen.Claimed, seen.Eligible - quiet);
    }

    private static async Task<T> PreparedAsync<T>(
        NpgsqlConnection connection, IEnumerable<string> statements, (string, object?)[] parameters, Func<NpgsqlBatch, Task<T>> run, CancellationToken cancel)
    {
        await using var batch = connection.Batch(statements, parameters);
        await batch.PrepareAsync(cancel);
        return await run(batch);
    }
}
