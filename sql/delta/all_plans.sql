-- Runs after delta/judge.sql.
SELECT set_config('enable_nestloop', 'on', true), set_config('enable_indexscan', 'on', true), set_config('enable_seqscan', 'on', true);
