-- Runs before delta/judge.sql is planned. The planner knows neither the sizes of its common table expressions nor that of the range. A
-- nested loop that compares each pair with every visit takes about a second, as does a merge join whose only key is the chunk
-- (chunk/hold.sql turns off merge joins). An index scan reads the rows of the range in the order of their keys, which takes three times as
-- long as in their order in the table. What remains is a bitmap scan.
SELECT set_config('enable_nestloop', 'off', true), set_config('enable_indexscan', 'off', true), set_config('enable_seqscan', 'off', true);
