-- The last step of a chunk: confirmed pairs take over what was staged, what matched nothing is marked, and both are counted.
-- Rows are found again by ctid: the transaction is REPEATABLE READ, so a row that has moved since is a serialization failure, not a miss.
WITH confirmed AS (
  UPDATE :"conflict".conflictvisitmaps AS c
     SET :assignments,
         "PLatitude" = p.leaving_latitude, "PLongitude" = p.leaving_longitude,
         "ConPLatitude" = p.reached_latitude, "ConPLongitude" = p.reached_longitude,
         "MinuteDiffBetweenSch" = p.gap_minutes, "DistanceMilesFromLatLng" = p.miles,
         "AverageMilesPerHour" = p.mph, :"eta_minutes" = p.eta_minutes,
         -- Only 'N' gives way to the rule; 'Y' never goes back while the row lives, and NULL stays NULL.
         "SameSchTimeFlag" = CASE WHEN c."SameSchTimeFlag" = 'N' THEN p.r1 ELSE c."SameSchTimeFlag" END,
         "SameVisitTimeFlag" = CASE WHEN c."SameVisitTimeFlag" = 'N' THEN p.r2 ELSE c."SameVisitTimeFlag" END,
         "SchAndVisitTimeSameFlag" = CASE WHEN c."SchAndVisitTimeSameFlag" = 'N' THEN p.r3 ELSE c."SchAndVisitTimeSameFlag" END,
         "SchOverAnotherSchTimeFlag" = CASE WHEN c."SchOverAnotherSchTimeFlag" = 'N' THEN p.r4 ELSE c."SchOverAnotherSchTimeFlag" END,
         "VisitTimeOverAnotherVisitTimeFlag" =
           CASE WHEN c."VisitTimeOverAnotherVisitTimeFlag" = 'N' THEN p.r5 ELSE c."VisitTimeOverAnotherVisitTimeFlag" END,
         "SchTimeOverVisitTimeFlag" = CASE WHEN c."SchTimeOverVisitTimeFlag" = 'N' THEN p.r6 ELSE c."SchTimeOverVisitTimeFlag" END,
         "DistanceFlag" = CASE WHEN c."DistanceFlag" = 'N' THEN p.r7 ELSE c."DistanceFlag" END,
         "StatusFlag" = CASE WHEN c."StatusFlag" IN ('W', 'I') THEN c."StatusFlag" WHEN c."StatusFlag" IS NOT NULL THEN 'U' END,
         "ResolveDate" = NULL, "UpdateFlag" = NULL, "UpdatedDate" = localtimestamp
    FROM cm_pair AS p
    JOIN cm_visit AS v1 ON v1.visit_id = p.visit_id
    JOIN cm_visit AS v2 ON v2.visit_id = p.con_visit_id
   WHERE c.ctid = p.row
  RETURNING p.row, :width_cuts AS cuts
),
marked AS (  -- what matched nothing stays, or becomes, marked: a later task closes it
  UPDATE :"conflict".conflictvisitmaps AS c
     SET "UpdateFlag" = 1
    FROM cm_claimed AS k
   WHERE c.ctid = k.row AND k.unmarked AND NOT EXISTS (SELECT FROM cm_pair AS p WHERE p.row = k.row)
  RETURNING 1
)
SELECT count(*) AS rows_claimed,
       count(*) FILTER (WHERE NOT eligible) AS rows_deferred,
       (SELECT count(*) FROM confirmed) AS rows_confirmed,
       (SELECT count(*) FROM marked) AS rows_marked,
       (SELECT coalesce(sum(cuts), 0)::bigint FROM confirmed) AS width_cuts,
       (SELECT coalesce(sum(gps_rejects), 0)::bigint FROM cm_visit) AS gps_rejects
  FROM cm_claimed;
