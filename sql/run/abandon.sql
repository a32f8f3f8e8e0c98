-- Abandons a run for good. The run's row is locked first (run/lock.sql), so a split that was under way is visible here. not_before prevents
-- every claim, including one with an older snapshot. The new attempt fences off the workers that still hold a chunk.
WITH abandoned AS (
  UPDATE :"ledger".run
     SET state = 'abandoned', reason = :'reason', finished_at = coalesce(finished_at, clock_timestamp())
   WHERE run_id = :'run_id' AND state IN ('running', 'failed', 'stopped', 'timedout')
  RETURNING run_id)
UPDATE :"ledger".chunk AS c
   SET attempt = c.attempt + 1, lease_until = NULL, state = 'pending', not_before = 'infinity'
  FROM abandoned
 WHERE c.run_id = abandoned.run_id AND c.state <> 'done';
