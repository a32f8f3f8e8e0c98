-- Runs before delta/judge.sql is planned. The planner does not know the sizes of its steps. A nested loop that compares one pair with every visit, or a
-- merge join whose only key is the chunk, takes about a second.
SELECT set_config('enable_nestloop', 'off', true), set_config('enable_mergejoin', 'off', true);
