-- Serializes the starts of runs for this short transaction. The unique index on active runs is the actual guarantee.
SELECT pg_advisory_xact_lock(hashtextextended('cm_etl begin ' || :'conflict_schema', 0));
