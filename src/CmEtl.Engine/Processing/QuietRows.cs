using Npgsql;

namespace CmEtl.Engine;

/// <summary>
/// Of a run with delta: finds what nothing goes into that has changed since the base run, a whole chunk or rows of it. It is confirmed as it is.
/// </summary>
internal static class QuietRows
{
    /// <summary>The key of what concerns every pair; when it differs, none is quiet.</summary>
    private const string Reference = "reference";

    /// <summary>In the chunk's transaction, before anything else: compares what it sees with what the base run saw, row version by row version.</summary>
    public static async Task<ChunkInputs> FindAsync(
        NpgsqlConnection connection, SqlLibrary library, RunRow run, (string, object?)[] parameters, CancellationToken cancel)
    {
        var seen = await PreparedAsync(
            connection, [library["task02/versions"]], [.. parameters, ("base_versions", run.Base?.Versions), ("base_baseline", run.Base?.Baseline)],
            r => (Versions: r.Get<string>("versions"), Same: r.Get<string[]>("same"), AllSame: r.Get<bool>("all_same"), Age: r.GetOrNull<int>("base_age")), cancel);
        var inputs = new ChunkInputs(seen.Versions);
        if (run.Base is not { } known || !seen.Same.Contains(Reference))
        {
            return inputs;
        }

        (string, object?)[] compared =
        [
            .. parameters, ("same", seen.Same), ("base_age", seen.Age), ("base_id", known.RunId), ("base_from", known.WindowFrom),
            ("base_to", known.WindowTo),
        ];
        if (seen.AllSame && await PreparedAsync(connection, [library["task02/unchanged"]], compared, ChunkCounts.Read, cancel) is { } unchanged)
        {
            return inputs with { Unchanged = unchanged, RowsClaimed = unchanged.Claimed };
        }

        return (await PreparedAsync(
            connection, [ChunkStage.Claimed.Fill(library), library["task02/quiet"]], compared,
            r => inputs with { Claimed = true, RowsClaimed = r.Get<long>("rows_claimed"), RowsLeft = r.Get<long>("rows_left") }, cancel))!;
    }

    private static async Task<T?> PreparedAsync<T>(
        NpgsqlConnection connection, IEnumerable<string> statements, (string, object?)[] parameters, Func<NpgsqlDataReader, T> read, CancellationToken cancel)
    {
        await using var batch = connection.Batch(statements, parameters);
        await batch.PrepareAsync(cancel);
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel) ? read(reader) : default;
    }
}
