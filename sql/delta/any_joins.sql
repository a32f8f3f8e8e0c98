-- Runs after delta/judge.sql and allows the other joins again.
SELECT set_config('enable_nestloop', 'on', true), set_config('enable_mergejoin', 'on', true);
