-- What a chunk of a delta run sees besides rows, in its own snapshot. "as_looked": the dimensions are the relations that the first look
-- saw, and the small tables hold the same; if not, every row is recomputed, and nothing is remembered for the next run.
SELECT s.now ->> 'pairs' AS pairs_layout, s.now ->> 'visits' AS visits_layout,
       (s.now -> 'sources') = (:'look'::jsonb -> 'sources') AND (s.now -> 'mph') = (:'look'::jsonb -> 'mph') AS as_looked,
       age(:'look_baseline'::text::xid8::xid) AS look_age, age(nullif(:'base_baseline', '')::xid8::xid) AS base_age
  FROM (SELECT (:surroundings) AS now OFFSET 0) AS s;
