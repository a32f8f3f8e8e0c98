-- A chunk of an abandoned run stays out of reach. The new attempt fences off a worker that still holds the chunk: it can no longer write
-- rows or the state.
UPDATE :"ledger".chunk AS c
   SET state = 'pending', attempt = c.attempt + 1, failures = 0, not_before = CASE WHEN c.not_before = 'infinity' THEN c.not_before END,
       lease_until = NULL, rows_claimed = 0, sqlstate = '', error = ''
  FROM :"ledger".chunk AS before
 WHERE before.run_id = c.run_id AND before.chunk_id = c.chunk_id
   AND c.run_id = :'run_id' AND c.chunk_id = :'chunk_id'::integer AND c.state <> 'done' AND (:'force'::boolean OR c.attempt = :'attempt'::integer)
RETURNING c.round = 0 AND (c.mark_xids <> '{}' OR before.rows_claimed > 0) AS marked, c.from_date, c.from_ssn, c.from_id, c.to_date, c.to_ssn, c.to_id;
