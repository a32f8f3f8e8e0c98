-- Only one process at a time executes a step of a run. The lock ends with the transaction, so it also works with a pooler that changes
-- sessions. The locks of chunks (chunk/hold.sql) have the same form.
SELECT pg_try_advisory_xact_lock(:lock_key, :'step'::integer)
  FROM :"ledger".run AS c
 WHERE c.run_id = :'run_id';
