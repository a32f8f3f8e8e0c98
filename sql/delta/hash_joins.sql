-- Runs before delta/judge.sql is planned. The planner does not know the sizes of its steps, and a nested loop that compares one pair with
-- every visit takes about a second.
SELECT set_config('enable_nestloop', 'off', true);
