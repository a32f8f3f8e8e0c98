namespace CmEtl.Engine;

/// <summary>
/// One temporary table of a chunk. Staging in small analysed tables gives the planner true row counts; one statement of common table
/// expressions left it to guess, and it guessed between one row and a billion.
/// </summary>
/// <param name="Table">Its name; one per session, emptied at every commit.</param>
/// <param name="Statement">The SELECT that fills it.</param>
/// <param name="Keys">Columns that later stages join on, for ANALYZE.</param>
internal sealed record ChunkStage(string Table, string Statement, string Keys)
{
    public static readonly IReadOnlyList<ChunkStage> All =
    [
        new("cm_claimed", "task02/stage_1_claimed", "visit_id, con_visit_id, eligible"),
        new("cm_candidate", "task02/stage_2_candidate", "visit_id, patient_id, payer_patient_id"),
        new("cm_address", "task02/stage_3_address", "\"Patient Id\""),
        new("cm_pair", "task02/stage_4_pair", "visit_id, con_visit_id"),
        new("cm_visit", "task02/stage_5_visit", "visit_id"),
    ];

    /// <summary>Once per session, before the first chunk.</summary>
    public string Create(SqlLibrary sql) => $"CREATE TEMP TABLE IF NOT EXISTS {Table} ON COMMIT DELETE ROWS AS {Select(sql)} WITH NO DATA";

    /// <summary>In every chunk's transaction.</summary>
    public string Fill(SqlLibrary sql) => $"INSERT INTO {Table} {Select(sql)}; ANALYZE {Table} ({Keys})";

    private string Select(SqlLibrary sql) => sql[Statement].TrimEnd().TrimEnd(';');
}
