-- Deletes runs that ended long ago, with their chunks and events. Runs that are still needed are kept, and so are the ten newest completed
-- runs, which later runs are compared with (run/measures.sql).
WITH old AS (
  DELETE FROM :"ledger".run AS r
   WHERE r.conflict_schema = :'conflict_schema'
     AND coalesce(r.finished_at, r.started_at) < clock_timestamp() - make_interval(secs => :'older_than_seconds'::double precision)
     AND r.run_id NOT IN (:needed)
     AND r.run_id NOT IN (SELECT c.run_id FROM :"ledger".run AS c
                           WHERE c.conflict_schema = :'conflict_schema' AND c.state = 'completed' ORDER BY c.number DESC LIMIT 10)
  RETURNING r.run_id
),
events AS (
  DELETE FROM :"ledger".event AS e USING old WHERE e.run_id = old.run_id RETURNING e.run_id
)
SELECT (SELECT count(*) FROM old) AS runs, (SELECT count(*) FROM :"ledger".chunk AS k JOIN old USING (run_id)) AS chunks,
       (SELECT count(*) FROM events) AS events;
