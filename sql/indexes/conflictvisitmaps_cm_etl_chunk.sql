-- A chunk's range, exactly in plan order; planning reads it too. UpdateFlag is kept out of it on purpose: an index that mentions the flag
-- would make every mark rewrite the row's index entries.
CREATE INDEX CONCURRENTLY IF NOT EXISTS conflictvisitmaps_cm_etl_chunk
    ON :"conflict".conflictvisitmaps ("VisitDate", (coalesce("SSN", '') COLLATE "C"), "ID")
 WHERE "CONFLICTID" IS NOT NULL;
