-- First statement of every chunk transaction. No row means that the attempt is outdated and the worker must not write anything.
SELECT set_config('statement_timeout', :'statement_timeout', true),
       -- Statements are prepared and planned once per session, for the size of its first chunk. All chunks have about that size.
       set_config('plan_cache_mode', 'force_generic_plan', true),
       -- A merge join would sort rows of 2 kB each.
       set_config('enable_mergejoin', 'off', true),
       -- A caregiver rarely occurs twice in a chunk, so Memoize costs more than it saves. In the single chunk of a sequential run
       -- caregivers repeat often.
       set_config('enable_memoize', :'enable_memoize', true),
       -- Lets every role see which session works on the chunk (view chunk_status) until the transaction ends.
       pg_try_advisory_xact_lock(:lock_key, c.chunk_id)
  FROM :"ledger".chunk AS c
 WHERE c.run_id = :'run_id' AND c.chunk_id = :'chunk_id'::integer AND c.attempt = :'attempt'::integer AND c.state = 'processing'
   -- The row lock is held until the transaction ends. It prevents a takeover of the chunk, no matter how long the update takes.
   FOR UPDATE NOWAIT;
