-- For good: its chunks can no longer be claimed, and workers that still hold one are fenced off.
WITH given_up AS (
  UPDATE :"ledger".run
     SET state = 'abandoned', reason = :'reason', finished_at = coalesce(finished_at, clock_timestamp())
   WHERE run_id = :'run_id' AND state IN ('running', 'failed', 'stopped')
  RETURNING run_id)
UPDATE :"ledger".chunk AS c
   SET attempt = c.attempt + 1, lease_until = NULL, state = 'pending'
  FROM given_up
 WHERE c.run_id = given_up.run_id AND c.state <> 'done';
