-- Starters take turns for the length of this short transaction; the unique index on active runs is the guarantee behind it.
SELECT pg_advisory_xact_lock(hashtextextended('cm_etl begin ' || :'conflict_schema', 0));
