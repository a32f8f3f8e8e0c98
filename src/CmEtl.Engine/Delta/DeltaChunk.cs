using Npgsql;

namespace CmEtl.Engine;

/// <summary>
/// Decides which rows of a chunk of a delta run have to be recomputed, and stores what the next run compares with. Works in the chunk's
/// transaction. See docs/delta.md.
/// </summary>
internal sealed class DeltaChunk
{
    private readonly SqlLibrary _library;

    private DeltaChunk(SqlLibrary library, (string, object?)[] parameters)
    {
        _library = library;
        Parameters = parameters;
    }

    /// <summary>The parameters of the chunk and of the statements in delta/.</summary>
    public (string, object?)[] Parameters { get; }

    /// <summary>Whether cm_claimed already contains the rows to recompute.</summary>
    public bool Judged { get; private init; }

    /// <summary>Rows in the range, or 0 before the comparison.</summary>
    public long Rows { get; private init; }

    /// <summary>Rows in the range that have to be recomputed.</summary>
    public long Left { get; private init; }

    /// <summary>Whether so few rows have to be recomputed that a plan for whole chunks would be inefficient.</summary>
    public bool MostlyUnchanged => Judged && Left * 2 < Rows;

    /// <summary>The counts of the unchanged rows.</summary>
    private ChunkCounts Staying { get; init; } = new();

    private long? FingerprintId { get; init; }

    private bool Remembers { get; init; }

    /// <summary>
    /// Compares the rows of the chunk with what the baseline run left and saw. Returns null when the run has not looked at the dimensions.
    /// </summary>
    public static async Task<DeltaChunk?> JudgeAsync(
        NpgsqlConnection connection, ChunkStatements statements, (string, object?)[] parameters, CancellationToken cancel)
    {
        var library = await statements.GetAsync(cancel);
        var runs = await connection.QueryPreparedAsync(
            library["delta/run"],
            r => (Seed: r.Get<long>("seed"), Look: r.Get<string>("look"), LookBaseline: r.Get<string>("look_baseline"),
                Base: Text(r, "base_id"), BaseBaseline: Text(r, "base_baseline"), Changed: r.Get<string[]>("changed")),
            cancel, parameters);
        if (runs is not [var run])
        {
            return null;
        }

        (string, object?)[] known =
        [
            .. parameters.Where(p => p.Item1 is not ("seed" or "look_age")),
            ("seed", run.Seed), ("base_id", run.Base ?? ""),
        ];
        var now = (await connection.QueryPreparedAsync(
            library["delta/chunk"],
            r => (Pairs: r.Get<string>("pairs_layout"), Visits: r.Get<string>("visits_layout"), AsLooked: r.Get<bool>("as_looked"),
                LookAge: r.Get<int>("look_age"), BaseAge: r.GetOrNull<int>("base_age")),
            cancel,
            [
                .. known,
                ("look", run.Look), ("look_baseline", run.LookBaseline), ("base_baseline", run.BaseBaseline ?? ""),
            ])).Single();
        known =
        [
            .. known,
            ("look_age", now.LookAge), ("base_age", now.BaseAge ?? 0), ("pairs_layout", now.Pairs), ("visits_layout", now.Visits),
        ];
        if (run.Base is null || !now.AsLooked)
        {
            return new DeltaChunk(library, known) { Remembers = now.AsLooked };
        }

        await using var batch = connection.Batch([library["delta/few_plans"], statements.Judge(library, run.Changed), library["delta/all_plans"]], known);
        await batch.PrepareAsync(cancel);
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        await reader.NextResultAsync(cancel);
        await reader.ReadAsync(cancel);
        if (!reader.Get<bool>("worthwhile"))
        {
            // Nearly all values differ, so comparing each row before it is written would only take time.
            return new DeltaChunk(library, [.. known.Where(p => p.Item1 != "write_all"), ("write_all", reader.Get<bool>("known"))]) { Remembers = true };
        }

        return new DeltaChunk(library, known)
        {
            Judged = true,
            Remembers = true,
            Rows = reader.Get<long>("rows_claimed"),
            Left = reader.Get<long>("rows_left"),
            FingerprintId = reader.GetOrNull<long>("fingerprint_id"),
            Staying = new()
            {
                Claimed = reader.Get<long>("rows_stay"),
                RowsConfirmed = reader.Get<long>("stay_confirmed"),
                RowsUnchanged = reader.Get<long>("stay_confirmed"),
                RowsUnconfirmed = reader.Get<long>("stay_unconfirmed"),
                RowsDeferred = reader.Get<long>("stay_deferred"),
                RowsDoubtful = reader.Get<long>("stay_doubtful"),
            },
        };
    }

    /// <summary>Stores what the next run compares with. Runs after the update, in the same transaction.</summary>
    public async Task RememberAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        if (Remembers)
        {
            await connection.ExecutePreparedAsync(
                _library[FingerprintId is null ? "delta/remember" : "delta/take_over"],
                cancel,
                [.. Parameters, ("fingerprint_id", FingerprintId ?? 0)]);
        }
    }

    /// <summary>Adds the counts of the unchanged rows to those of the recomputed rows.</summary>
    public ChunkCounts With(ChunkCounts recomputed) =>
        RowCounts.Add(recomputed, Staying) with { Claimed = recomputed.Claimed + Staying.Claimed };

    private static string? Text(NpgsqlDataReader reader, string column)
    {
        var ordinal = reader.GetOrdinal(column);
        return reader.IsDBNull(ordinal) ? null : reader.GetString(ordinal);
    }
}
