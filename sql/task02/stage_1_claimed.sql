-- Stage 1 of a chunk: the stored rows of its range. A late chunk takes only those whose current version the run has not examined. Stage 2
-- looks up the visits of these rows by ID, not by the stored VisitDate or SSN, because both may have changed in analytics.
SELECT c.tableoid AS part, c.ctid AS row, c."VisitID" AS visit_id, c."ConVisitID" AS con_visit_id, c."UpdateFlag" IS DISTINCT FROM 1 AS unmarked,
       :eligible AS eligible,  -- the other rows are deferred: they belong to later tasks
       -- Columns whose new value depends on the stored one, see finding in task02/assignments.sql.
       c."SameSchTimeFlag", c."SameVisitTimeFlag", c."SchAndVisitTimeSameFlag", c."SchOverAnotherSchTimeFlag",
       c."VisitTimeOverAnotherVisitTimeFlag", c."SchTimeOverVisitTimeFlag", c."DistanceFlag", c."StatusFlag",
       -- For the comparison in delta/judge.sql.
       c.xmin AS version, c."UpdateFlag" IS NULL AS confirmed, c."VisitDate" AS visit_date, coalesce(c."SSN", '') COLLATE "C" AS ssn, c."ID" AS id
  FROM :"conflict".conflictvisitmaps AS c
 WHERE c."CONFLICTID" IS NOT NULL
   AND :in_range
   -- Leaves out rows that the update of another chunk moved into this range, because they were examined there. xid and stamp together
   -- identify the row versions that an update wrote.
   AND NOT EXISTS (
       SELECT FROM :"ledger".chunk AS k
        WHERE k.run_id = :'run_id' AND k.rows_moved > 0 AND k.state = 'done' AND k.xid::xid = c.xmin AND k.stamp = c."UpdatedDate")
   AND CASE WHEN :'late'::boolean THEN NOT (:examined) ELSE true END;
