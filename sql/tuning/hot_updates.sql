-- Room for the next version of a row on its own page, so that an update touches no index (HOT,
-- https://www.postgresql.org/docs/current/storage-hot.html). It costs disk: three pairs of 2 to 3 kB fill a page, below half of it there is
-- one. What it is worth on one machine stands in docs/performance.md. Run by the table's owner:
-- psql -v conflict=conflict -f sql/tuning/hot_updates.sql

-- What stands in the way: an index that mentions a column which a refresh changes. UpdateFlag changes twice for each row of a two-phase run,
-- also where an index has it in its WHERE only. These are yours to drop or to make otherwise; SSN and VisitDate hardly ever change.
SELECT i.indexrelid::regclass AS index, pg_get_indexdef(i.indexrelid) AS definition
  FROM pg_index AS i
 WHERE i.indrelid = format('%I.conflictvisitmaps', :'conflict')::regclass
   AND pg_get_indexdef(i.indexrelid) ~ '"(UpdateFlag|UpdatedDate|StatusFlag|ResolveDate|LastUpdatedDate|ConLastUpdatedDate)"';

-- toast_tuple_target: rows above 2 kB would be compressed, and taken apart again, at every update.
ALTER TABLE :"conflict".conflictvisitmaps SET (fillfactor = 45, toast_tuple_target = 8160);

-- A page is vacuumed before its room is used up twice a night; the default waits for a fifth of the table.
ALTER TABLE :"conflict".conflictvisitmaps SET (autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);

-- The pages that are there stay full until the table is written anew: in a window without users, as it locks the table.
-- VACUUM (FULL, ANALYZE) :"conflict".conflictvisitmaps;
