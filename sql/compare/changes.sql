-- Compares the snapshot that was taken before a run with the table as it is now. Rows that are in both are compared in one pass
-- without groups, so no wide row is sorted and the join can be parallel: the number of rows that differ, the columns in which they
-- differ, the flags that are newly set, and the number of suspicious values. New, vanished and unconfirmed rows are counted by day and
-- agency; these branches read few columns. All comparisons are NULL-safe. :any_change is a condition; :changes, :flags and :suspicions
-- are lists of count(*) FILTER (WHERE ...). They are built from the columns that task01/columns.sql returns.
SELECT 'both' AS kind, NULL::date AS visit_date, '' AS agency, count(*) AS rows, count(*) FILTER (WHERE :any_change) AS changed,
       ARRAY[:changes]::bigint[] AS changes, ARRAY[:flags]::bigint[] AS flags, ARRAY[:suspicions]::bigint[] AS suspicions
  FROM :"conflict".conflictvisitmaps_temp AS t
  JOIN :"conflict".conflictvisitmaps AS c ON c."ID" = t."ID" AND c."CONFLICTID" IS NOT NULL
UNION ALL
SELECT 'unconfirmed', coalesce(c."VisitDate", t."VisitDate"), coalesce(c."ProviderName", t."ProviderName", ''), count(*), 0, '{}', '{}', '{}'
  FROM :"conflict".conflictvisitmaps AS c
  JOIN :"conflict".conflictvisitmaps_temp AS t ON t."ID" = c."ID"
 WHERE c."CONFLICTID" IS NOT NULL AND c."UpdateFlag" = 1 AND :eligible
 GROUP BY 2, 3
UNION ALL
SELECT 'new', c."VisitDate", coalesce(c."ProviderName", ''), count(*), 0, '{}', '{}', ARRAY[:suspicions]::bigint[]
  FROM :"conflict".conflictvisitmaps AS c
 -- The same rows as in the snapshot: rows of the window that have a parent.
 WHERE c."VisitDate" BETWEEN :'window_from'::date AND :'window_to'::date
   AND EXISTS (SELECT FROM :"conflict".conflicts AS p WHERE p."CONFLICTID" = c."CONFLICTID")
   AND NOT EXISTS (SELECT FROM :"conflict".conflictvisitmaps_temp AS t WHERE t."ID" = c."ID")
 GROUP BY 2, 3
UNION ALL
SELECT 'vanished', t."VisitDate", coalesce(t."ProviderName", ''), count(*), 0, '{}', '{}', '{}'
  FROM :"conflict".conflictvisitmaps_temp AS t
 WHERE NOT EXISTS (SELECT FROM :"conflict".conflictvisitmaps AS c WHERE c."ID" = t."ID" AND c."CONFLICTID" IS NOT NULL)
 GROUP BY 2, 3;
