-- Stage 1 of a chunk: the stored rows of its range that this run has not confirmed yet. They are the driving side of everything below; nothing
-- is matched by the stored VisitDate or SSN, because analytics may have moved both.
SELECT c.tableoid AS part, c.ctid AS row, c."VisitID" AS visit_id, c."ConVisitID" AS con_visit_id, c."UpdateFlag" IS DISTINCT FROM 1 AS unmarked,
       c."InserviceStartDate" IS NULL AND c."InserviceEndDate" IS NULL AND c."PTOStartDate" IS NULL AND c."PTOEndDate" IS NULL
       AND c."ConInserviceStartDate" IS NULL AND c."ConInserviceEndDate" IS NULL
       AND c."ConPTOStartDate" IS NULL AND c."ConPTOEndDate" IS NULL AS eligible,  -- the others belong to later tasks: deferred
       -- What a rule adds to and never takes back.
       c."SameSchTimeFlag", c."SameVisitTimeFlag", c."SchAndVisitTimeSameFlag", c."SchOverAnotherSchTimeFlag",
       c."VisitTimeOverAnotherVisitTimeFlag", c."SchTimeOverVisitTimeFlag", c."DistanceFlag", c."StatusFlag",
       -- What task02/quiet.sql goes by, and what it finds.
       c.xmin AS version, c."UpdateFlag" IS NULL AS confirmed, c."VisitDate" AS visit_date, c."UpdatedDate" AS updated_date, false AS quiet
  FROM :"conflict".conflictvisitmaps AS c
 WHERE c."CONFLICTID" IS NOT NULL
   AND c."VisitDate" BETWEEN :'scan_from'::date AND :'scan_to'::date
   AND (c."VisitDate", coalesce(c."SSN", '') COLLATE "C", c."ID") >= (:'from_date'::date, :'from_ssn'::text, :'from_id'::bigint:::id_type)
   AND (c."VisitDate", coalesce(c."SSN", '') COLLATE "C", c."ID") < (:'to_date'::date, :'to_ssn'::text, :'to_id'::bigint:::id_type)
   AND (c."UpdatedDate" IS NULL OR c."UpdatedDate" < :'run_started'::timestamp);
