-- The run whose snapshot is in conflictvisitmaps_temp: the last one that completed Task 01.
SELECT r.run_id
  FROM :"ledger".run AS r
 WHERE r.conflict_schema = :'conflict_schema' AND r.task01_at IS NOT NULL
 ORDER BY r.task01_at DESC
 LIMIT 1;
