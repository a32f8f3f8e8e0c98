-- For a transaction that fences off workers: whether their sessions could be ended shows soon.
SELECT set_config('lock_timeout', :'lock_timeout', true);
