-- Reserves space on each page for the next version of a row, so that an update does not touch any index (HOT,
-- https://www.postgresql.org/docs/current/storage-hot.html). This costs disk space: three pairs of 2 to 3 kB fill a page, but with less
-- than half of it usable there is only one. docs/performance.md has measurements of one machine. Run as the owner of the table:
-- psql -v conflict=conflict -f sql/tuning/hot_updates.sql

-- Indexes that prevent HOT updates, because they contain a column that a refresh changes. UpdateFlag changes twice for each row of a
-- two-phase run, and counts even if an index contains it only in its WHERE clause. Decide yourself whether to drop or replace them. SSN and
-- VisitDate rarely change.
SELECT i.indexrelid::regclass AS index, pg_get_indexdef(i.indexrelid) AS definition
  FROM pg_index AS i
 WHERE i.indrelid = format('%I.conflictvisitmaps', :'conflict')::regclass
   AND pg_get_indexdef(i.indexrelid) ~ '"(UpdateFlag|UpdatedDate|StatusFlag|ResolveDate|LastUpdatedDate|ConLastUpdatedDate)"';

-- toast_tuple_target: otherwise rows above 2 kB are compressed and decompressed at every update.
ALTER TABLE :"conflict".conflictvisitmaps SET (fillfactor = 45, toast_tuple_target = 8160);

-- Vacuums a page before its space is used up twice in one night. The default waits until a fifth of the table has changed.
ALTER TABLE :"conflict".conflictvisitmaps SET (autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05);

-- Existing pages stay full until the table is rewritten. That locks the table, so do it in a maintenance window.
-- VACUUM (FULL, ANALYZE) :"conflict".conflictvisitmaps;
