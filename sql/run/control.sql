-- What was requested for a running run. Read by every process that works on it.
SELECT r.state <> 'running' OR r.stop_requested_at IS NOT NULL OR coalesce(r.stop_at <= clock_timestamp(), false) AS stop,
       r.suspended_at IS NOT NULL AS suspended, r.max_concurrency
  FROM :"ledger".run AS r
 WHERE r.run_id = :'run_id';
