-- First statement of every chunk transaction. No row: the fence is old, the worker must not touch anything.
-- The statements are prepared and planned once a session, for the size of its first chunk; all are of about that size. A merge join would
-- sort rows of two kilobytes. A chunk meets hardly any caregiver twice, so remembering them costs more than it saves; a sequential run's only
-- chunk meets them all the time.
-- The row lock lasts to the end of the transaction and is what keeps others from taking the chunk over, however long the update runs. The
-- advisory lock shows every role which session that is (chunk_status), and lasts as long.
SELECT set_config('statement_timeout', :'statement_timeout', true), set_config('plan_cache_mode', 'force_generic_plan', true),
       set_config('enable_mergejoin', 'off', true), set_config('enable_memoize', :'enable_memoize', true),
       pg_try_advisory_xact_lock(hashtext(c.tableoid::text || ' ' || c.run_id), c.chunk_id)
  FROM :"ledger".chunk AS c
 WHERE c.run_id = :'run_id' AND c.chunk_id = :'chunk_id'::integer AND c.attempt = :'attempt'::integer AND c.state = 'processing'
   FOR UPDATE NOWAIT;
