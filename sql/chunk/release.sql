-- Takes the marks of one chunk back. Rows that this run has confirmed are not marked; rows of done chunks are never touched here.
UPDATE :"conflict".conflictvisitmaps AS c
   SET "UpdateFlag" = NULL
 WHERE c."CONFLICTID" IS NOT NULL
   AND c."VisitDate" BETWEEN :'scan_from'::date AND :'scan_to'::date
   AND (c."VisitDate", coalesce(c."SSN", '') COLLATE "C", c."ID") >= (:'from_date'::date, :'from_ssn'::text, :'from_id'::bigint:::id_type)
   AND (c."VisitDate", coalesce(c."SSN", '') COLLATE "C", c."ID") < (:'to_date'::date, :'to_ssn'::text, :'to_id'::bigint:::id_type)
   AND c."UpdateFlag" = 1;
