-- After delta/judge.sql.
SELECT set_config('enable_nestloop', 'on', true);
