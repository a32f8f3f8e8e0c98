-- The surroundings of a chunk of a delta run (delta/surroundings.sql), in the snapshot of the chunk. "as_looked" is true when the
-- dimensions have the same relations and columns as at the first look, and the small tables have the same content. If it is false, every
-- row is recomputed and no fingerprint is stored for the next run.
SELECT s.now ->> 'pairs' AS pairs_layout, s.now ->> 'visits' AS visits_layout,
       (s.now -> 'sources') = (:'look'::jsonb -> 'sources') AND (s.now -> 'mph') = (:'look'::jsonb -> 'mph') AS as_looked,
       age(:'look_baseline'::text::xid8::xid) AS look_age, age(nullif(:'base_baseline', '')::xid8::xid) AS base_age
  FROM (SELECT (:surroundings) AS now OFFSET 0) AS s;
