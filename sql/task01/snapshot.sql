-- The snapshot before Task 02, without rows that have no parent. Taken once per run, because after a resume it would contain results of the
-- run. The ID is the pair's own, even if the column has a default or an identity.
INSERT INTO :"conflict".conflictvisitmaps_temp (:target_columns) OVERRIDING SYSTEM VALUE
SELECT :source_columns
  FROM :"conflict".conflictvisitmaps AS c
  JOIN :"conflict".conflicts AS p ON p."CONFLICTID" = c."CONFLICTID"
 WHERE c."VisitDate" BETWEEN :'window_from'::date AND :'window_to'::date;
