-- A new orchestrator: the attempt is its fence. Chunks that failed get their retries back; quarantined ones wait for a reset.
WITH reopened AS (
  UPDATE :"ledger".chunk SET state = 'pending', failures = 0, not_before = NULL
   WHERE run_id = :'run_id' AND (state = 'failed' OR (state = 'pending' AND not_before IS NOT NULL))
)
UPDATE :"ledger".run
   SET state = 'running', reason = '', attempt = attempt + 1, resumed_at = clock_timestamp(), finished_at = NULL, stop_requested_at = NULL,
       lease_until = clock_timestamp() + make_interval(secs => :'lease_seconds'::double precision)
 WHERE run_id = :'run_id' AND state IN ('running', 'failed', 'stopped');
