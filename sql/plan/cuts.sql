-- Where to split a key that is larger than a chunk: the first ID of every part but the first. A bound is a bigint. A fractional ID is
-- rounded down to a whole number, and IDs beyond bigint stay in the outer parts, whose ranges include them.
SELECT DISTINCT floor(id)::bigint AS id
  FROM (SELECT c."ID"::numeric AS id, row_number() OVER (ORDER BY c."ID") AS n
          FROM :"conflict".conflictvisitmaps AS c
         WHERE c."CONFLICTID" IS NOT NULL AND c."VisitDate" = :'visit_date'::date AND coalesce(c."SSN", '') COLLATE "C" = :'ssn') AS numbered
 WHERE n > 1 AND (n - 1) % :'part_rows'::bigint = 0 AND id BETWEEN -9223372036854775807 AND 9223372036854775807
 ORDER BY id;
