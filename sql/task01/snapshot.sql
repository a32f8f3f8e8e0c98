-- The picture before Task 02; rows without a parent are left out. Taken once per run: after a resume it would show half the new state.
-- An ID is the pair's own, also where the column would count by itself.
INSERT INTO :"conflict".conflictvisitmaps_temp (:target_columns) OVERRIDING SYSTEM VALUE
SELECT :source_columns
  FROM :"conflict".conflictvisitmaps AS c
  JOIN :"conflict".conflicts AS p ON p."CONFLICTID" = c."CONFLICTID"
 WHERE c."VisitDate" BETWEEN :'window_from'::date AND :'window_to'::date;
