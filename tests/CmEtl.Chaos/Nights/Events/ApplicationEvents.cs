namespace CmEtl.Chaos.Nights.Events;

/// <summary>Writes of the application and of other tasks to the stored pairs.</summary>
internal static class ApplicationEvents
{
    private const string Table = "conflict.conflictvisitmaps";

    public static IEnumerable<EventKind> All { get; } =
    [
        new("pairs: inserted", 6, EventTime.Anytime, (n, e) => n.WriteAsync(e,
            $"""
            INSERT INTO {Table} ("ID", "CONFLICTID", "VisitID", "ConVisitID", "VisitDate", "SSN", "StatusFlag", "SameSchTimeFlag", "SameVisitTimeFlag", "SchAndVisitTimeSameFlag",
                   "SchOverAnotherSchTimeFlag", "VisitTimeOverAnotherVisitTimeFlag", "SchTimeOverVisitTimeFlag", "DistanceFlag")
            SELECT "ID" + 1000000 + {e.Choice} * 1000 + (random() * 900)::int, "CONFLICTID", "VisitID", "ConVisitID", "VisitDate", "SSN", 'U', 'N', 'N', 'N', 'N', 'N', 'N', 'N'
              FROM {Table} WHERE "ID" < 20000 AND {Some(e, 6)}
            """)),
        new("pairs: status set", 5, EventTime.Anytime, (n, e) => n.WriteAsync(e, $"UPDATE {Table} SET \"StatusFlag\" = '{Pick(e, "W", "I", "R", "U")}' WHERE {Some(e, 4)}")),
        new("pairs: resolved by somebody", 3, EventTime.Anytime, (n, e) => n.WriteAsync(e, $"UPDATE {Table} SET \"ResolvedBy\" = 'user {e.Choice}' WHERE {Some(e, 3)}")),
        new("pairs: marked by another task", 5, EventTime.Anytime, (n, e) => n.WriteAsync(e, $"UPDATE {Table} SET \"UpdateFlag\" = 1 WHERE {Some(e, 4)}")),
        new("pairs: marks cleared", 4, EventTime.Anytime, (n, e) => n.WriteAsync(e, $"UPDATE {Table} SET \"UpdateFlag\" = NULL WHERE \"UpdateFlag\" = 1 AND {Some(e, 2)}")),
        new("pairs: moved to another day", 4, EventTime.Anytime, (n, e) => n.WriteAsync(e, $"UPDATE {Table} SET \"VisitDate\" = current_date + {(e.Choice % 80) - 45} WHERE {Some(e, 6)}")),
        new("pairs: moved to another SSN", 4, EventTime.Anytime, (n, e) => n.WriteAsync(e, $"UPDATE {Table} SET \"SSN\" = {Pick(e, "NULL", "''", "'000-00-0009'", "' 000-00-0001'")} WHERE {Some(e, 6)}")),
        new("pairs: deleted", 3, EventTime.Anytime, (n, e) => n.WriteAsync(e, $"DELETE FROM {Table} WHERE {Some(e, 10)}")),
        new("pairs: stamped by another task", 6, EventTime.Anytime, (n, e) => n.WriteAsync(e,
            $"UPDATE {Table} SET \"UpdatedDate\" = localtimestamp + interval '{Pick(e, "1 second", "5 hours", "30 days", "-1 day", "100 years")}' WHERE {Some(e, 2)}")),
        new("pairs: become another's", 2, EventTime.Anytime, (n, e) => n.WriteAsync(e, $"UPDATE {Table} SET \"InserviceStartDate\" = {Pick(e, "NULL", "localtimestamp")} WHERE {Some(e, 6)}")),
        new("pairs: locked", 3, EventTime.During, (n, e) => n.WriteAsync(e, $"SELECT count(*) FROM (SELECT FROM {Table} WHERE {Some(e, 3)} FOR UPDATE) AS locked")),
        new("pairs: table swapped", 3, EventTime.Anytime, (n, e) => n.WriteAsync(e, Swap, SwapEnd)),
        new("pairs: table rewritten", 3, EventTime.Anytime, (n, e) => n.MaintainAsync(Pick(e,
            $"CLUSTER {Table} USING conflictvisitmaps_pkey", $"VACUUM FULL {Table}", $"ALTER TABLE {Table} ALTER \"GroupID\" TYPE numeric(38,1), ALTER \"GroupID\" TYPE numeric(38,0)",
            $"ALTER TABLE {Table} ALTER \"GroupID\" TYPE numeric(37,0)"))),
    ];

    private static string Some(NightEvent e, int oneIn) => $"mod(abs(hashtext(\"ID\"::text || '{e.Choice}')), {oneIn}) = 0";

    private static T Pick<T>(NightEvent e, params T[] of) => of[e.Choice % of.Length];

    /// <summary>A copy replaces the table. Writes between the copy and the renaming are lost, and the recorder notes that.</summary>
    private const string Swap =
        """
        DROP TABLE IF EXISTS chaos.next;
        CREATE TABLE chaos.next (LIKE conflict.conflictvisitmaps INCLUDING ALL);
        INSERT INTO chaos.next TABLE conflict.conflictvisitmaps
        """;

    private const string SwapEnd =
        """
        LOCK TABLE conflict.conflictvisitmaps IN ACCESS EXCLUSIVE MODE;
        INSERT INTO chaos.history (by, id, old, new)
        SELECT 'swap', coalesce(n."ID", o."ID"), to_jsonb(o), to_jsonb(n)
          FROM conflict.conflictvisitmaps AS o FULL JOIN chaos.next AS n ON n."ID" = o."ID"
         WHERE to_jsonb(o) IS DISTINCT FROM to_jsonb(n);
        ALTER SEQUENCE conflict.conflictvisitmaps_id_seq OWNED BY NONE;
        DROP TABLE conflict.conflictvisitmaps;
        ALTER TABLE chaos.next SET SCHEMA conflict;
        ALTER TABLE conflict.next RENAME TO conflictvisitmaps;
        ALTER INDEX conflict.next_pkey RENAME TO conflictvisitmaps_pkey;
        GRANT SELECT, UPDATE ON conflict.conflictvisitmaps TO cm_worker;
        CALL chaos.record()
        """;
}
