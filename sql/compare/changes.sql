-- Compares the snapshot that was taken before a run with the table as it is now, in one pass. Rows that are in both and were not left
-- unconfirmed form one group. New, vanished and unconfirmed rows are grouped by day and agency. Each group has the number of rows that
-- differ, the columns in which they differ, the flags that are newly set, and the number of suspicious values. All comparisons are
-- NULL-safe. :any_change, :changes, :flags and :suspicions are lists of count(*) FILTER (WHERE ...), built from the columns that
-- task01/columns.sql returns.
SELECT k.kind,
       CASE WHEN k.kind <> 'kept' THEN coalesce(c."VisitDate", t."VisitDate") END AS visit_date,
       CASE WHEN k.kind <> 'kept' THEN coalesce(c."ProviderName", t."ProviderName", '') ELSE '' END AS agency,
       count(*) AS rows, count(*) FILTER (WHERE :any_change) AS changed,
       ARRAY[:changes]::bigint[] AS changes, ARRAY[:flags]::bigint[] AS flags, ARRAY[:suspicions]::bigint[] AS suspicions
  FROM :"conflict".conflictvisitmaps_temp AS t
  FULL JOIN (SELECT * FROM :"conflict".conflictvisitmaps AS p WHERE p."CONFLICTID" IS NOT NULL) AS c ON c."ID" = t."ID"
 CROSS JOIN LATERAL (
       SELECT CASE WHEN c."ID" IS NULL THEN 'vanished'
                   WHEN t."ID" IS NULL THEN 'new'
                   WHEN c."UpdateFlag" = 1 AND :eligible THEN 'unconfirmed'
                   ELSE 'kept' END AS kind) AS k
 WHERE t."ID" IS NOT NULL
    -- The same rows as in the snapshot: rows of the window that have a parent.
    OR (c."VisitDate" BETWEEN :'window_from'::date AND :'window_to'::date
        AND EXISTS (SELECT FROM :"conflict".conflicts AS p WHERE p."CONFLICTID" = c."CONFLICTID"))
 GROUP BY 1, 2, 3;
