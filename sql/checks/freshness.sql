-- The time up to which the analytics tables are loaded: the newest load stamp among the visits of the newest pairs, which change most
-- often. They are looked up by primary key, because the newest stamp of all visits would require a scan of the whole table. A stamp in the
-- future is an error and would hide a missing load.
SELECT max(v."Updated Datatimestamp")::timestamptz
  FROM (SELECT c."VisitID"
          FROM :"conflict".conflictvisitmaps AS c
         WHERE c."CONFLICTID" IS NOT NULL AND c."VisitDate" <= current_date
         ORDER BY c."VisitDate" DESC
         LIMIT 5000) AS newest
 CROSS JOIN LATERAL (
       SELECT f."Updated Datatimestamp" FROM :"analytics".factvisitcallperformance_cr AS f WHERE f."Visit Id" = newest."VisitID" OFFSET 0) AS v
 WHERE v."Updated Datatimestamp" <= clock_timestamp() + interval '1 hour'
