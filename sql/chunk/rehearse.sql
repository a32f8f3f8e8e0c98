-- First statement of a chunk of a dry run: the session settings of chunk/hold.sql, without a chunk in the ledger.
SELECT set_config('statement_timeout', :'statement_timeout', true), set_config('plan_cache_mode', 'force_generic_plan', true),
       set_config('enable_mergejoin', 'off', true), set_config('enable_memoize', :'enable_memoize', true);
