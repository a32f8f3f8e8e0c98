-- Ends an attempt that did not commit. The UPDATE waits for the row lock of a transaction whose commit was interrupted, so the outcome is
-- known afterwards. No row means that the chunk is done or belongs to a later attempt.
WITH failed AS (
  UPDATE :"ledger".chunk AS c
     SET state = CASE WHEN :'retry'::boolean THEN 'pending' ELSE 'failed' END,
         failures = c.failures + CASE WHEN :'counts'::boolean THEN 1 ELSE 0 END,
         not_before = clock_timestamp() + make_interval(secs => :'backoff_seconds'::double precision),
         lease_until = NULL, finished_at = clock_timestamp(), sqlstate = :'sqlstate', error = :'error'
   WHERE c.run_id = :'run_id' AND c.chunk_id = :'chunk_id'::integer AND c.attempt = :'attempt'::integer AND c.state = 'processing'
  RETURNING c.run_id, c.chunk_id, c.attempt, c.state, c.error)
INSERT INTO :"ledger".event (run_id, chunk_id, attempt, kind, reason)
SELECT run_id, chunk_id, attempt, CASE state WHEN 'failed' THEN 'chunk failed' ELSE 'chunk attempt ended' END, error FROM failed;
