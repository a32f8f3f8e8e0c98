namespace CmEtl.Engine;

/// <summary>
/// A temporary table of a chunk. Staging gives the planner true row counts, which it derives from the number of pages. With a single
/// statement of common table expressions it had to guess, and its estimates were between one row and a billion.
/// </summary>
/// <param name="Table">Name of the table. There is one per session, emptied at every commit.</param>
/// <param name="Statement">The SELECT that fills it.</param>
internal sealed record ChunkStage(string Table, string Statement)
{
    public static readonly ChunkStage Claimed = new("cm_claimed", "task02/stage_1_claimed");

    public static readonly IReadOnlyList<ChunkStage> All =
    [
        Claimed, new("cm_visit", "task02/stage_2_visit"), new("cm_pair", "task02/stage_3_pair"),
    ];

    /// <summary>Runs once per session, before the first chunk.</summary>
    public string Create(SqlLibrary sql) => $"CREATE TEMP TABLE IF NOT EXISTS {Table} ON COMMIT DELETE ROWS AS {Select(sql)} WITH NO DATA";

    /// <summary>Runs in the transaction of every chunk.</summary>
    public string Fill(SqlLibrary sql) => $"INSERT INTO {Table} {Select(sql)}";

    /// <summary>The hashes of what need not be recomputed in a delta run, visits and unconfirmed pairs, for delta/remember.sql.</summary>
    public const string Seen = "CREATE TEMP TABLE IF NOT EXISTS cm_seen (key bigint, content bigint, place tid, pair boolean, doubtful boolean) ON COMMIT DELETE ROWS";

    private string Select(SqlLibrary sql) => sql[Statement].TrimEnd().TrimEnd(';');
}
