-- Where to cut one key that outweighs a chunk: the first ID of every part but the first.
SELECT id
  FROM (SELECT c."ID"::bigint AS id, row_number() OVER (ORDER BY c."ID") AS n
          FROM :"conflict".conflictvisitmaps AS c
         WHERE c."CONFLICTID" IS NOT NULL AND c."VisitDate" = :'visit_date'::date AND coalesce(c."SSN", '') COLLATE "C" = :'ssn') AS numbered
 WHERE n > 1 AND (n - 1) % :'part_rows'::bigint = 0
 ORDER BY id;
