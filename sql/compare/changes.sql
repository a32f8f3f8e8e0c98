-- The picture before a run beside the table as it is now, in one pass. Rows that are in both and were not swept out by the rules make one group; new,
-- vanished and unconfirmed rows are grouped by day and agency. In each group: how many rows differ, in which columns, which flags are newly set, and how
-- many values are suspicious. All tests are NULL-safe. :any_change, :changes, :flags and :suspicions are lists of count(*) FILTER (WHERE ...), made from
-- the columns of task01/columns.sql.
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
    -- As the snapshot: rows of the window that have a parent.
    OR (c."VisitDate" BETWEEN :'window_from'::date AND :'window_to'::date
        AND EXISTS (SELECT FROM :"conflict".conflicts AS p WHERE p."CONFLICTID" = c."CONFLICTID"))
 GROUP BY 1, 2, 3;
