-- Locks conflictvisitmaps and the partitions that contain the chunk in ROW EXCLUSIVE mode without writing, so that no trigger is created,
-- enabled or dropped until the transaction ends. Planning an UPDATE takes this lock. LOCK TABLE would need UPDATE on the whole table, which
-- the worker does not have.
EXPLAIN UPDATE :"conflict".conflictvisitmaps SET "UpdateFlag" = 1 WHERE "VisitDate" BETWEEN :'scan_from'::date AND :'scan_to'::date;
