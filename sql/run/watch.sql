-- What a process that joined a run needs to know: whether the run is running, has a leader, is to stop, and has open chunks.
SELECT r.attempt, r.state = 'running' AS running, r.lease_until > clock_timestamp() AS led, r.stop_requested_at IS NOT NULL OR coalesce(r.stop_at <= clock_timestamp(), false) AS stop_requested,
       r.planned_at IS NOT NULL AND EXISTS (
         SELECT FROM :"ledger".chunk AS c WHERE c.run_id = r.run_id AND c.state IN ('pending', 'processing')) AS work_left
  FROM :"ledger".run AS r
 WHERE r.run_id = :'run_id';
