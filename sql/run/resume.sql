-- Makes the caller the orchestrator of the run. The attempt is its fence. If the previous leader died, requests for the run stay in force,
-- except a stop. Failed chunks get their retries back. Quarantined chunks wait for a reset.
WITH reopened AS (
  UPDATE :"ledger".chunk SET state = 'pending', failures = 0, not_before = NULL
   WHERE run_id = :'run_id' AND (state = 'failed' OR (state = 'pending' AND not_before IS NOT NULL))
)
UPDATE :"ledger".run
   SET state = 'running', reason = '', attempt = attempt + 1, resumed_at = clock_timestamp(), finished_at = NULL, leader = :'leader', hook_failure = '',
       stop_requested_at = NULL, stop_kind = NULL, stop_requested_by = NULL, stop_reason = NULL,
       stop_at = coalesce(:'stop_at'::timestamptz,
                          CASE WHEN state = 'running' AND stop_at > clock_timestamp() THEN stop_at END),
       suspended_at = CASE WHEN state = 'running' THEN suspended_at END, suspended_by = CASE WHEN state = 'running' THEN suspended_by END,
       suspended_reason = CASE WHEN state = 'running' THEN suspended_reason END, max_concurrency = CASE WHEN state = 'running' THEN max_concurrency END,
       settings = jsonb_object(:'setting_names'::text[], :'setting_values'::text[]),
       lease_until = clock_timestamp() + make_interval(secs => :'lease_seconds'::double precision)
 WHERE run_id = :'run_id' AND state IN ('running', 'failed', 'stopped', 'timedout');
