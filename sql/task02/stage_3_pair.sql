-- Stage 3: the claimed pairs for which a rule holds, with the results of the rules, and the doubtful pairs: those for which no rule holds,
-- possibly because of an unusable value. Doubtful pairs are counted. Like all unconfirmed pairs, they become or stay marked.
WITH place AS NOT MATERIALIZED (
  -- The caregiver leaves the base visit (call-out first) and arrives at the conflicting visit (call-in first). The address of the provider
  -- patient is the last choice. This is correct only if the base visit is the earlier one. It is kept for compatibility with the old
  -- system, so a pair and its mirror pair can have different distances and different results of rule 7.
  SELECT v.*, v.ctid AS staged,
         coalesce(v.out_latitude, v.in_latitude, v.home_latitude) AS leaving_latitude,
         coalesce(v.out_longitude, v.in_longitude, v.home_longitude) AS leaving_longitude,
         coalesce(v.in_latitude, v.out_latitude, v.home_latitude) AS reached_latitude,
         coalesce(v.in_longitude, v.out_longitude, v.home_longitude) AS reached_longitude
    FROM cm_visit AS v
),
band AS MATERIALIZED (
  -- The speed is cast to text first, because a direct cast of a real to numeric keeps only six digits. NaN is greater than every number, so
  -- as an upper bound it would include every distance. A speed is used if it is 0 or its absolute value is from 0.000001 to 1000000.
  -- Otherwise it is treated as missing.
  SELECT m."From", m."To", m."ID", CASE WHEN abs(m.speed) BETWEEN 0.000001 AND 1000000 OR m.speed = 0 THEN m.speed END AS speed
    FROM (SELECT m.*, m."AverageMilesPerHour"::text::numeric AS speed FROM :"conflict".mph AS m) AS m
   WHERE m."To"::text <> 'NaN'
)
SELECT k.part, k.row, v1.staged AS visit, v2.staged AS con_visit, v1.base_cuts + v2.con_cuts AS width_cuts,
       v1.leaving_latitude, v1.leaving_longitude, v2.reached_latitude, v2.reached_longitude,
       gap.shown AS gap_minutes, travel.miles, speed.mph, eta.minutes AS eta_minutes,
       verdict.holds, rule.r1, rule.r2, rule.r3, rule.r4, rule.r5, rule.r6, rule.r7,
       k."SameSchTimeFlag", k."SameVisitTimeFlag", k."SchAndVisitTimeSameFlag", k."SchOverAnotherSchTimeFlag",
       k."VisitTimeOverAnotherVisitTimeFlag", k."SchTimeOverVisitTimeFlag", k."DistanceFlag", k."StatusFlag"
  FROM cm_claimed AS k
  JOIN place AS v1 ON v1.visit_id = k.visit_id
  JOIN place AS v2 ON v2.visit_id = k.con_visit_id
  -- OFFSET 0 keeps the expressions separate: the distance is computed once per pair, not each time it is used. It also prevents date and
  -- SSN from becoming join conditions, with which every visit of a large key would be compared with every other.
  CROSS JOIN LATERAL (
    -- possible: comparable if a missing (unusable) day counts as equal. u: neither start nor end of the visit is present. c: both are
    -- present. A visit that has only one of them satisfies no rule.
    SELECT v1.visit_id <> v2.visit_id AND v1."VisitDate" = v2."VisitDate" AND v1."SSN" = v2."SSN" AND v1."ProviderID" <> v2."ProviderID" AS comparable,
           v1.visit_id <> v2.visit_id AND coalesce(v1."VisitDate" = v2."VisitDate", true) AND v1."SSN" = v2."SSN" AND v1."ProviderID" <> v2."ProviderID" AS possible,
           v1."VisitStartTime" IS NULL AND v1."VisitEndTime" IS NULL AS u1, v2."VisitStartTime" IS NULL AND v2."VisitEndTime" IS NULL AS u2,
           v1."VisitStartTime" IS NOT NULL AND v1."VisitEndTime" IS NOT NULL AS c1, v2."VisitStartTime" IS NOT NULL AND v2."VisitEndTime" IS NOT NULL AS c2
    OFFSET 0) AS clocked
  CROSS JOIN LATERAL (
    -- g12: minutes from the end of the base visit to the start of the conflicting visit. g21: the reverse. MinuteDiffBetweenSch gets the
    -- smaller positive one, or 0. Despite its name, it uses actual times.
    SELECT g12, g21,
           CASE WHEN g12 > 0 AND g21 > 0 THEN least(g12, g21) WHEN g12 > 0 THEN g12 WHEN g21 > 0 THEN g21 ELSE 0 END AS shown
      FROM (SELECT extract(epoch FROM v2."VisitStartTime" - v1."VisitEndTime") / 60 AS g12,
                   extract(epoch FROM v1."VisitStartTime" - v2."VisitEndTime") / 60 AS g21 OFFSET 0) AS minutes OFFSET 0) AS gap
  CROSS JOIN LATERAL (
    SELECT sin(radians(v2.reached_latitude - v1.leaving_latitude) / 2) ^ 2
           + cos(radians(v1.leaving_latitude)) * cos(radians(v2.reached_latitude))
             * sin(radians(v2.reached_longitude - v1.leaving_longitude) / 2) ^ 2 AS haversine OFFSET 0) AS arc
  CROSS JOIN LATERAL (
    -- A sphere with a radius of 6,371,000 m, and 1609.34 m per mile. Rounding can push the haversine above 1, for which asin would fail.
    SELECT round((2 * 6371000 * asin(sqrt(CASE WHEN arc.haversine > 1 THEN 1 ELSE arc.haversine END))
                  / 1609.34 * :'distance_multiplier'::double precision)::numeric, 2) AS miles OFFSET 0) AS travel
  CROSS JOIN LATERAL (
    -- Bands include both of their bounds. If several contain the distance, the one with the lowest From is used.
    SELECT (SELECT m.speed FROM band AS m WHERE travel.miles BETWEEN m."From" AND m."To" ORDER BY m."From", m."ID" LIMIT 1) AS mph OFFSET 0) AS speed
  CROSS JOIN LATERAL (SELECT round(travel.miles / nullif(speed.mph, 0) * 60, 2) AS minutes OFFSET 0) AS eta
  CROSS JOIN LATERAL (
    -- A comparison with a missing bound is NULL and counts as false. A rule holds only if all of its bounds are present.
    SELECT CASE WHEN u1 AND u2 AND same_ss THEN 'Y' ELSE 'N' END AS r1,
           CASE WHEN c1 AND c2 AND same_vv THEN 'Y' ELSE 'N' END AS r2,
           CASE WHEN (u1 AND c2 AND same_sv) OR (u2 AND c1 AND same_vs) THEN 'Y' ELSE 'N' END AS r3,
           CASE WHEN u1 AND u2 AND over_ss AND NOT same_ss THEN 'Y' ELSE 'N' END AS r4,
           CASE WHEN c1 AND c2 AND over_vv AND NOT same_vv THEN 'Y' ELSE 'N' END AS r5,
           CASE WHEN (u1 AND c2 AND over_sv AND NOT same_sv) OR (u2 AND c1 AND over_vs AND NOT same_vs) THEN 'Y' ELSE 'N' END AS r6,
           -- The travel time is NULL when a coordinate or the speed is missing. The old rule also required that the ZIP codes
           -- differ or one of them is NULL. This is not tested, because it is always true: Task 02 sets the columns that it read to NULL.
           CASE WHEN c1 AND c2 AND ((gap.g12 > 0 AND eta.minutes > gap.g12) OR (gap.g21 > 0 AND eta.minutes > gap.g21))
                THEN 'Y' ELSE 'N' END AS r7
      FROM (SELECT clocked.u1, clocked.u2, clocked.c1, clocked.c2,
                   v1."SchStartTime" = v2."SchStartTime" AND v1."SchEndTime" = v2."SchEndTime" AS same_ss,
                   v1."VisitStartTime" = v2."VisitStartTime" AND v1."VisitEndTime" = v2."VisitEndTime" AS same_vv,
                   v1."SchStartTime" = v2."VisitStartTime" AND v1."SchEndTime" = v2."VisitEndTime" AS same_sv,
                   v2."SchStartTime" = v1."VisitStartTime" AND v2."SchEndTime" = v1."VisitEndTime" AS same_vs,
                   v1."SchStartTime" < v2."SchEndTime" AND v1."SchEndTime" > v2."SchStartTime" AS over_ss,
                   v1."VisitStartTime" < v2."VisitEndTime" AND v1."VisitEndTime" > v2."VisitStartTime" AS over_vv,
                   v1."SchStartTime" < v2."VisitEndTime" AND v1."SchEndTime" > v2."VisitStartTime" AS over_sv,
                   v2."SchStartTime" < v1."VisitEndTime" AND v2."SchEndTime" > v1."VisitStartTime" AS over_vs OFFSET 0) AS times OFFSET 0) AS rule
 CROSS JOIN LATERAL (
    SELECT coalesce(clocked.comparable AND 'Y' IN (rule.r1, rule.r2, rule.r3, rule.r4, rule.r5, rule.r6, rule.r7), false) AS holds OFFSET 0) AS verdict
 WHERE k.eligible AND clocked.possible
   -- The place matters only for the seventh rule, and only when there is a gap between the two visits.
   AND (verdict.holds OR v1.doubtful_times OR v2.doubtful_times
        OR (v1.doubtful_place OR v2.doubtful_place) AND clocked.c1 AND clocked.c2 AND (gap.g12 > 0 OR gap.g21 > 0));
