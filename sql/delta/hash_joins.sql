-- Before delta/judge.sql is planned: the sizes of its steps are not known, and one pair compared with each visit after the other takes a
-- second.
SELECT set_config('enable_nestloop', 'off', true);
