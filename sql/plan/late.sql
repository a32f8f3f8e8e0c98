-- Rows per key, in plan order, whose current version the run has not examined.
SELECT c."VisitDate" AS visit_date, coalesce(c."SSN", '') COLLATE "C" AS ssn, count(*) AS rows
  FROM :"conflict".conflictvisitmaps AS c
 WHERE c."CONFLICTID" IS NOT NULL AND c."VisitDate" BETWEEN :'window_from'::date AND :'window_to'::date AND NOT :examined
 GROUP BY 1, 2
 ORDER BY 1, 2;
