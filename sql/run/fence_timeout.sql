-- For a transaction that fences off workers. A short timeout shows soon whether their sessions could be ended.
SELECT set_config('lock_timeout', :'lock_timeout', true);
