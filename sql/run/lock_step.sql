-- One process at a time takes a step of a run. The lock ends with the transaction, and so does not depend on a pooler's session. The
-- chunks' locks (chunk/hold.sql) have the same shape.
SELECT pg_try_advisory_xact_lock(hashtext(r.tableoid::text || ' ' || r.run_id), :'step'::integer)
  FROM :"ledger".run AS r
 WHERE r.run_id = :'run_id';
