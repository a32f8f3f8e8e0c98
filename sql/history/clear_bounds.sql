-- Removes the SSNs from the chunk ranges of runs that no longer need them. The columns of a chunk that may be shown (first and last date,
-- counts, times) stay.
WITH cleared AS (
  UPDATE :"ledger".run AS r
     SET bounds_cleared_at = clock_timestamp()
   WHERE r.conflict_schema = :'conflict_schema' AND r.bounds_cleared_at IS NULL AND r.run_id NOT IN (:needed)
  RETURNING r.run_id
),
chunks AS (
  UPDATE :"ledger".chunk AS k SET from_ssn = '', to_ssn = '', visits = NULL
    FROM cleared
   WHERE k.run_id = cleared.run_id
  RETURNING k.run_id
)
SELECT (SELECT count(*) FROM cleared) AS runs, (SELECT count(*) FROM chunks) AS chunks;
