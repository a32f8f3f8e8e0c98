-- Locks conflictvisitmaps, and its partitions that hold the chunk, in ROW EXCLUSIVE mode without a write, so that no trigger is created, enabled or dropped
-- until the transaction ends. Planning an UPDATE takes the lock; LOCK TABLE would need UPDATE on the whole table, which the worker does not have.
EXPLAIN UPDATE :"conflict".conflictvisitmaps SET "UpdateFlag" = 1 WHERE "VisitDate" BETWEEN :'scan_from'::date AND :'scan_to'::date;
