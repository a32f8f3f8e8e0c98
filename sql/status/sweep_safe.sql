-- Whether later tasks may resolve the rows that are still marked. They may only after a run that is completed, plausible or approved,
-- recent, and the newest. Otherwise a marked row may be a live conflict. A marked row outside the window was left by an older run. No run
-- or reset of this window reaches it.
-- psql -v conflict=conflict -v analytics=analytics -v ledger=cm_etl -f sql/status/sweep_safe.sql
SELECT s.run_id, s.state, s.sweep_safe,
       CASE WHEN s.reason <> '' THEN s.reason
            WHEN s.sweep_safe THEN 'every chunk is done and every planned row is accounted for'
            ELSE format('%s of %s chunks are done', s.chunks_done, s.chunks_total) END AS why,
       s.rows_unconfirmed + s.rows_deferred AS rows_left_marked,
       (SELECT count(*)
          FROM :"conflict".conflictvisitmaps AS c
         WHERE c."UpdateFlag" = 1 AND (c."VisitDate" NOT BETWEEN s.window_from AND s.window_to) IS NOT FALSE) AS marked_outside_window
  FROM :"ledger".run_status AS s
  JOIN :"ledger".run AS r USING (run_id)
 WHERE r.conflict_schema = :'conflict'
 ORDER BY r.number DESC
 LIMIT 1;
