-- Runs after chunk/write_lock.sql. Returns whether row triggers may change or suppress what this transaction writes to conflictvisitmaps,
-- whether any trigger may write to it, and how many of its rows the session has inserted, updated and deleted so far (NULL when the server
-- does not count). A trigger that was created between the snapshot and the lock is in force but not visible here. Its transaction was
-- running at the time of the snapshot or began later, and has committed. If any such transaction exists, the statement assumes that there
-- are triggers.
WITH RECURSIVE relation AS (
  SELECT to_regclass(format('%I.conflictvisitmaps', :'conflict_schema'))::oid AS oid
   UNION ALL
  SELECT i.inhrelid FROM relation AS r JOIN pg_inherits AS i ON i.inhparent = r.oid
),
later AS (
  SELECT pg_snapshot_xip(pg_current_snapshot()) AS xid
   UNION ALL
  SELECT x::text::xid8 FROM generate_series(pg_snapshot_xmax(pg_current_snapshot())::text::bigint, pg_current_xact_id()::text::bigint - 1) AS x
)
SELECT t.unknown OR t.rows AS row_triggers, t.unknown OR t.rows OR t.statements AS triggers,
       (SELECT CASE WHEN current_setting('track_counts')::boolean
                    THEN sum(pg_stat_get_xact_tuples_inserted(r.oid) + pg_stat_get_xact_tuples_updated(r.oid))::bigint END FROM relation AS r) AS stored,
       (SELECT CASE WHEN current_setting('track_counts')::boolean
                    THEN sum(pg_stat_get_xact_tuples_inserted(r.oid) - pg_stat_get_xact_tuples_deleted(r.oid))::bigint END FROM relation AS r) AS added
  FROM (SELECT coalesce(bool_or(t.tgtype & 1 = 1), false) AS rows, coalesce(bool_or(t.tgtype & 1 = 0), false) AS statements,  -- 1: FOR EACH ROW
               EXISTS (SELECT FROM later AS l WHERE pg_xact_status(l.xid) = 'committed') AS unknown
          FROM relation AS r
          JOIN pg_trigger AS t ON t.tgrelid = r.oid
         WHERE NOT t.tgisinternal AND t.tgenabled <> 'D') AS t;
