-- Phase 1 of a chunk: UpdateFlag = 1 says "to be confirmed in this run, not confirmed yet". Rows this run has already confirmed are left
-- alone, also when the update moved them into this range by correcting their VisitDate or SSN.
UPDATE :"conflict".conflictvisitmaps AS c
   SET "UpdateFlag" = 1
 WHERE c."CONFLICTID" IS NOT NULL
   AND c."VisitDate" BETWEEN :'scan_from'::date AND :'scan_to'::date
   AND (c."VisitDate", coalesce(c."SSN", '') COLLATE "C", c."ID") >= (:'from_date'::date, :'from_ssn'::text, :'from_id'::bigint:::id_type)
   AND (c."VisitDate", coalesce(c."SSN", '') COLLATE "C", c."ID") < (:'to_date'::date, :'to_ssn'::text, :'to_id'::bigint:::id_type)
   AND c."UpdateFlag" IS DISTINCT FROM 1
   AND (c."UpdatedDate" IS NULL OR c."UpdatedDate" < :'run_started'::timestamp);
