-- Runs after delta/judge.sql and allows nested loops again.
SELECT set_config('enable_nestloop', 'on', true);
