-- The seven rules in a simple form, for well-formed positions only. One row per stored pair that a rule confirms.
CREATE TEMP VIEW candidate AS
SELECT
  f."Visit Id" AS visit_id, f."Visit Date" AS visit_date, f."Provider Id" AS provider_id, btrim(c."SSN") AS ssn,
  f."Scheduled Start Time"::timestamp AS s0, f."Scheduled End Time"::timestamp AS s1, f."Visit Start Time" AS v0, f."Visit End Time" AS v1,
  f."Visit Start Time" IS NULL AND f."Visit End Time" IS NULL AS unclocked,
  f."Visit Start Time" IS NOT NULL AND f."Visit End Time" IS NOT NULL AS clocked,
  (regexp_match(f."Call In GPS Coordinates", '^(\d+\.\d+),(-\d+\.\d+)$'))::float8[] AS call_in,
  (regexp_match(f."Call Out GPS Coordinates", '^(\d+\.\d+),(-\d+\.\d+)$'))::float8[] AS call_out
FROM analytics.factvisitcallperformance_cr AS f
JOIN analytics.dimcaregiver AS c ON c."Caregiver Id" = f."Caregiver Id" AND btrim(c."SSN") <> ''
JOIN analytics.dimprovider AS p ON p."Provider Id" = f."Provider Id" AND p."Is Active" AND NOT p."Is Demo"
WHERE f."Visit Date" BETWEEN current_date - interval '2 years' AND current_date + 30
  AND NOT EXISTS (SELECT FROM conflict.excluded_agency AS x WHERE x."ProviderID" = f."Provider Id")
  AND NOT EXISTS (SELECT FROM conflict.excluded_ssn AS x WHERE btrim(x."SSN") = btrim(c."SSN"));

CREATE TEMP TABLE confirmed AS
WITH both_sides AS (
  SELECT
    m."ID" AS id, a.unclocked AS u1, b.unclocked AS u2, a.clocked AS c1, b.clocked AS c2,
    a.s0 AS as0, a.s1 AS as1, b.s0 AS bs0, b.s1 AS bs1, a.v0 AS av0, a.v1 AS av1, b.v0 AS bv0, b.v1 AS bv1,
    round((1.2 * 2 * 6371000 / 1609.34 * asin(sqrt(
      sin(radians(b.call_in[1] - a.call_out[1]) / 2) ^ 2
      + cos(radians(a.call_out[1])) * cos(radians(b.call_in[1])) * sin(radians(b.call_in[2] - a.call_out[2]) / 2) ^ 2)))::numeric, 2) AS miles,
    extract(epoch FROM b.v0 - a.v1) / 60 AS g12, extract(epoch FROM a.v0 - b.v1) / 60 AS g21
  FROM conflict.conflictvisitmaps AS m
  JOIN candidate AS a ON a.visit_id = m."VisitID"
  JOIN candidate AS b ON b.visit_id = m."ConVisitID" AND b.ssn = a.ssn AND b.visit_date = a.visit_date AND b.provider_id <> a.provider_id
  WHERE m."CONFLICTID" IS NOT NULL
    AND coalesce(m."InserviceStartDate", m."ConInserviceStartDate", m."PTOStartDate", m."ConPTOStartDate") IS NULL
)
SELECT
  id,
  u1 AND u2 AND (as0, as1) = (bs0, bs1) AS rule1,
  c1 AND c2 AND (av0, av1) = (bv0, bv1) AS rule2,
  (u1 AND c2 AND (as0, as1) = (bv0, bv1)) OR (u2 AND c1 AND (bs0, bs1) = (av0, av1)) AS rule3,
  u1 AND u2 AND as0 < bs1 AND as1 > bs0 AND (as0, as1) <> (bs0, bs1) AS rule4,
  c1 AND c2 AND av0 < bv1 AND av1 > bv0 AND (av0, av1) <> (bv0, bv1) AS rule5,
  (u1 AND c2 AND as0 < bv1 AND as1 > bv0 AND (as0, as1) <> (bv0, bv1))
    OR (u2 AND c1 AND bs0 < av1 AND bs1 > av0 AND (bs0, bs1) <> (av0, av1)) AS rule6,
  c1 AND c2 AND ((g12 > 0 AND miles / speed * 60 > g12) OR (g21 > 0 AND miles / speed * 60 > g21)) AS rule7,
  g12
FROM both_sides
LEFT JOIN LATERAL (SELECT "AverageMilesPerHour" AS speed FROM conflict.mph WHERE miles BETWEEN "From" AND "To") AS band ON true;
