-- First statement of every chunk transaction. No row: the fence is old, the worker must not touch anything.
SELECT set_config('statement_timeout', :'statement_timeout', true),
       -- The statements are prepared and planned once a session, for the size of its first chunk; all are of about that size.
       set_config('plan_cache_mode', 'force_generic_plan', true),
       -- A merge join would sort rows of two kilobytes.
       set_config('enable_mergejoin', 'off', true),
       -- A chunk meets hardly any caregiver twice, so remembering them costs more than it saves; a sequential run's only chunk meets them all the time.
       set_config('enable_memoize', :'enable_memoize', true),
       -- Shows every role which session works on the chunk (chunk_status), as long as the transaction lasts.
       pg_try_advisory_xact_lock(hashtext(c.tableoid::text || ' ' || c.run_id), c.chunk_id)
  FROM :"ledger".chunk AS c
 WHERE c.run_id = :'run_id' AND c.chunk_id = :'chunk_id'::integer AND c.attempt = :'attempt'::integer AND c.state = 'processing'
   -- The row lock lasts as long, and keeps others from taking the chunk over, however long the update runs.
   FOR UPDATE NOWAIT;
