-- Task 02 for one chunk: recompute the stored pairs of a range from analytics. Both phases run this text; Phase 1 has one range for all.
--
-- The stored rows are the driving side. Each names its two visits, so those are looked up by primary key: the visit fact is never
-- scanned, and a pair is found wherever the analytics side has moved it. Nothing is matched by the stored VisitDate or SSN.
--
-- First narrow, then wide: "candidate" holds what the rules need of each visit, "pair" the pairs that hold a rule, and only the visits of
-- those pairs get their names, patients and addresses in "visit". Each visit is worked out once, on whichever side it stands.
--
-- Column names of "visit" are those of conflictvisitmaps without the prefix Con, so that :assignments (task02/assignments.sql) can set
-- "X" from the base side v1 and "ConX" from the conflicting side v2, cast to the type and cut to the width the catalogue gives.
--
-- Rows are found again by ctid: the transaction is REPEATABLE READ, so a row that has moved since is a serialization failure, not a miss.
WITH claimed AS MATERIALIZED (
  SELECT c.ctid AS row, c."VisitID" AS visit_id, c."ConVisitID" AS con_visit_id, c."UpdateFlag" IS DISTINCT FROM 1 AS unmarked,
         c."InserviceStartDate" IS NULL AND c."InserviceEndDate" IS NULL AND c."PTOStartDate" IS NULL AND c."PTOEndDate" IS NULL
         AND c."ConInserviceStartDate" IS NULL AND c."ConInserviceEndDate" IS NULL
         AND c."ConPTOStartDate" IS NULL AND c."ConPTOEndDate" IS NULL AS eligible  -- the others belong to later tasks: deferred
    FROM :"conflict".conflictvisitmaps AS c
   WHERE c."CONFLICTID" IS NOT NULL
     AND c."VisitDate" BETWEEN :'scan_from'::date AND :'scan_to'::date
     AND (c."VisitDate", coalesce(c."SSN", '') COLLATE "C", c."ID") >= (:'from_date'::date, :'from_ssn'::text, :'from_id'::bigint:::id_type)
     AND (c."VisitDate", coalesce(c."SSN", '') COLLATE "C", c."ID") < (:'to_date'::date, :'to_ssn'::text, :'to_id'::bigint:::id_type)
     AND (c."UpdatedDate" IS NULL OR c."UpdatedDate" < :'run_started'::timestamp)
),
visit_key AS MATERIALIZED (
  SELECT visit_id FROM claimed WHERE eligible
   UNION
  SELECT con_visit_id FROM claimed WHERE eligible
),
candidate AS MATERIALIZED (
  SELECT f."Visit Id" AS visit_id, f."Visit Date" AS visit_date, trim(cg."SSN") AS ssn, f."Provider Id" AS provider_id,
         f."Scheduled Start Time"::timestamp AS sch_start, f."Scheduled End Time"::timestamp AS sch_end,
         f."Visit Start Time"::timestamp AS visit_start, f."Visit End Time"::timestamp AS visit_end,
         f."Provider Patient Id" AS patient_id, f."Payer Patient Id" AS payer_patient_id,
         call_in.latitude AS in_latitude, call_in.longitude AS in_longitude,
         call_out.latitude AS out_latitude, call_out.longitude AS out_longitude,
         call_in.rejected + call_out.rejected AS gps_rejects
    FROM visit_key AS k
    JOIN :"analytics".factvisitcallperformance_cr AS f ON f."Visit Id" = k.visit_id
    JOIN :"analytics".dimcaregiver AS cg ON cg."Caregiver Id" = f."Caregiver Id"
    JOIN :"analytics".dimprovider AS pr ON pr."Provider Id" = f."Provider Id" AND pr."Is Active" AND NOT pr."Is Demo"
    CROSS JOIN LATERAL (:gps_call_in) AS call_in
    CROSS JOIN LATERAL (:gps_call_out) AS call_out
   WHERE f."Visit Date" BETWEEN :'window_from'::date AND :'window_to'::date
     AND trim(cg."SSN") <> ''
     -- NOT EXISTS, not NOT IN: one NULL among the excluded ids must not exclude everybody.
     AND NOT EXISTS (SELECT FROM :"conflict".excluded_agency AS x WHERE x."ProviderID" = f."Provider Id")
     AND NOT EXISTS (SELECT FROM :"conflict".excluded_ssn AS x WHERE trim(x."SSN") = trim(cg."SSN"))
),
address AS MATERIALIZED (  -- the newest primary GPS address of each patient; one without a timestamp counts as the oldest
  SELECT DISTINCT ON (a."Patient Id") a.*, good.latitude, good.longitude
    FROM (SELECT patient_id FROM candidate UNION SELECT payer_patient_id FROM candidate) AS k
    JOIN :"analytics".dimpatient AS p ON p."Patient Id" = k.patient_id
    JOIN :"analytics".dimpatientaddress AS a ON a."Patient Id" = p."Patient Id" AND a."Primary Address" AND a."Address Type" LIKE '%GPS%'
    LEFT JOIN LATERAL (
      SELECT a."Latitude"::double precision AS latitude, a."Longitude"::double precision AS longitude
       WHERE a."Latitude" BETWEEN -90 AND 90 AND a."Longitude" BETWEEN -180 AND 180) AS good ON true
   ORDER BY a."Patient Id", a."Application Created UTC Timestamp" DESC NULLS LAST, a."Patient Address Id" COLLATE "C"
),
place AS MATERIALIZED (
  -- The base visit is left (call-out first), the conflicting one is reached (call-in first); then the provider patient's address.
  SELECT v.*,
         coalesce(v.out_latitude, v.in_latitude, home.latitude) AS leaving_latitude,
         coalesce(v.out_longitude, v.in_longitude, home.longitude) AS leaving_longitude,
         coalesce(v.in_latitude, v.out_latitude, home.latitude) AS reached_latitude,
         coalesce(v.in_longitude, v.out_longitude, home.longitude) AS reached_longitude
    FROM candidate AS v
    LEFT JOIN address AS home ON home."Patient Id" = v.patient_id
),
pair AS MATERIALIZED (
  SELECT k.row, v1.visit_id, v2.visit_id AS con_visit_id,
         v1.leaving_latitude, v1.leaving_longitude, v2.reached_latitude, v2.reached_longitude,
         gap.shown AS gap_minutes, travel.miles, speed.mph, eta.minutes AS eta_minutes,
         rule.r1, rule.r2, rule.r3, rule.r4, rule.r5, rule.r6, rule.r7
    FROM claimed AS k
    JOIN place AS v1 ON v1.visit_id = k.visit_id
    JOIN place AS v2 ON v2.visit_id = k.con_visit_id
    -- OFFSET 0 keeps each step a step: the distance is worked out once per pair, not once per mention. It also keeps date and SSN from
    -- becoming join conditions: within one heavy key that would compare every visit with every other.
    CROSS JOIN LATERAL (
      SELECT v1.visit_id <> v2.visit_id AND v1.visit_date = v2.visit_date AND v1.ssn = v2.ssn AND v1.provider_id <> v2.provider_id AS comparable,
             v1.visit_start IS NULL AND v1.visit_end IS NULL AS u1, v2.visit_start IS NULL AND v2.visit_end IS NULL AS u2,
             v1.visit_start IS NOT NULL AND v1.visit_end IS NOT NULL AS c1, v2.visit_start IS NOT NULL AND v2.visit_end IS NOT NULL AS c2
      OFFSET 0) AS clocked
    CROSS JOIN LATERAL (
      SELECT g12, g21,
             CASE WHEN g12 > 0 AND g21 > 0 THEN least(g12, g21) WHEN g12 > 0 THEN g12 WHEN g21 > 0 THEN g21 ELSE 0 END AS shown
        FROM (SELECT extract(epoch FROM v2.visit_start - v1.visit_end) / 60 AS g12,
                     extract(epoch FROM v1.visit_start - v2.visit_end) / 60 AS g21 OFFSET 0) AS minutes OFFSET 0) AS gap
    CROSS JOIN LATERAL (
      SELECT sin(radians(v2.reached_latitude - v1.leaving_latitude) / 2) ^ 2
             + cos(radians(v1.leaving_latitude)) * cos(radians(v2.reached_latitude))
               * sin(radians(v2.reached_longitude - v1.leaving_longitude) / 2) ^ 2 AS haversine OFFSET 0) AS arc
    CROSS JOIN LATERAL (
      -- A sphere of 6,371,000 m, 1609.34 m to the mile. Rounding can push the haversine above 1, where asin would fail.
      SELECT round((2 * 6371000 * asin(sqrt(CASE WHEN arc.haversine > 1 THEN 1 ELSE arc.haversine END))
                    / 1609.34 * :'distance_multiplier'::double precision)::numeric, 2) AS miles OFFSET 0) AS travel
    CROSS JOIN LATERAL (
      SELECT (SELECT m."AverageMilesPerHour" FROM :"conflict".mph AS m
               WHERE travel.miles BETWEEN m."From" AND m."To" ORDER BY m."From", m."ID" LIMIT 1)::numeric AS mph OFFSET 0) AS speed
    CROSS JOIN LATERAL (SELECT round(travel.miles / nullif(speed.mph, 0) * 60, 2) AS minutes OFFSET 0) AS eta
    CROSS JOIN LATERAL (
      -- Comparisons with a missing bound are NULL and count as false: every bound must be there.
      SELECT CASE WHEN u1 AND u2 AND same_ss THEN 'Y' ELSE 'N' END AS r1,
             CASE WHEN c1 AND c2 AND same_vv THEN 'Y' ELSE 'N' END AS r2,
             CASE WHEN (u1 AND c2 AND same_sv) OR (u2 AND c1 AND same_vs) THEN 'Y' ELSE 'N' END AS r3,
             CASE WHEN u1 AND u2 AND over_ss AND NOT same_ss THEN 'Y' ELSE 'N' END AS r4,
             CASE WHEN c1 AND c2 AND over_vv AND NOT same_vv THEN 'Y' ELSE 'N' END AS r5,
             CASE WHEN (u1 AND c2 AND over_sv AND NOT same_sv) OR (u2 AND c1 AND over_vs AND NOT same_vs) THEN 'Y' ELSE 'N' END AS r6,
             -- Distance, speed and time are NULL when a coordinate or a band is missing.
             CASE WHEN c1 AND c2 AND ((gap.g12 > 0 AND eta.minutes > gap.g12) OR (gap.g21 > 0 AND eta.minutes > gap.g21))
                  THEN 'Y' ELSE 'N' END AS r7
        FROM (SELECT clocked.u1, clocked.u2, clocked.c1, clocked.c2,
                     v1.sch_start = v2.sch_start AND v1.sch_end = v2.sch_end AS same_ss,
                     v1.visit_start = v2.visit_start AND v1.visit_end = v2.visit_end AS same_vv,
                     v1.sch_start = v2.visit_start AND v1.sch_end = v2.visit_end AS same_sv,
                     v2.sch_start = v1.visit_start AND v2.sch_end = v1.visit_end AS same_vs,
                     v1.sch_start < v2.sch_end AND v1.sch_end > v2.sch_start AS over_ss,
                     v1.visit_start < v2.visit_end AND v1.visit_end > v2.visit_start AS over_vv,
                     v1.sch_start < v2.visit_end AND v1.sch_end > v2.visit_start AS over_sv,
                     v2.sch_start < v1.visit_end AND v2.sch_end > v1.visit_start AS over_vs OFFSET 0) AS times OFFSET 0) AS rule
   WHERE k.eligible AND clocked.comparable AND 'Y' IN (rule.r1, rule.r2, rule.r3, rule.r4, rule.r5, rule.r6, rule.r7)
),
visit AS MATERIALIZED (
  SELECT f."Visit Id" AS visit_id, f."Visit Date" AS "VisitDate", trim(cg."SSN") AS "SSN", trim(cg."SSN") AS "AideSSN",
         f."Application Visit Id" AS "AppVisitID",
         f."Provider Id" AS "ProviderID", f."Application Provider Id" AS "AppProviderID",
         pr."Provider Name" AS "ProviderName", pr."Federal Tax Number" AS "FederalTaxNumber",
         f."Scheduled Start Time"::timestamp AS "SchStartTime", f."Scheduled End Time"::timestamp AS "SchEndTime",
         f."Visit Start Time"::timestamp AS "VisitStartTime", f."Visit End Time"::timestamp AS "VisitEndTime",
         f."Call In Time"::timestamp AS "EVVStartTime", f."Call Out Time"::timestamp AS "EVVEndTime",
         f."Caregiver Id" AS "CaregiverID", f."Application Caregiver Id" AS "AppCaregiverID", cg."Caregiver Code" AS "AideCode",
         cg."Caregiver Fullname" AS "AideName", cg."Caregiver Firstname" AS "AideFName", cg."Caregiver Lastname" AS "AideLName",
         cg."Status" AS "AideStatus",
         f."Office Id" AS "OfficeID", f."Application Office Id" AS "AppOfficeID", o."Office Name" AS "Office",
         f."Patient Id" AS "PatientID", f."Application Patient Id" AS "AppPatientID",
         f."Payer Id" AS "PayerID", f."Application Payer Id" AS "AppPayerID",
         coalesce(py."Payer Name", ct."Contract Name") AS "Contract", py."Payer State" AS "PayerState",
         CASE WHEN f."Application Payer Id" = 0 AND f."Application Contract Id" <> 0 THEN 'Internal'
              WHEN f."Application Payer Id" <> 0 AND f."Application Contract Id" <> 0 THEN 'UPR'
              WHEN f."Application Payer Id" <> 0 AND f."Application Contract Id" = 0 THEN 'Payer' END AS "ContractType",
         f."Invoice Date"::timestamp AS "BilledDate", f."Billed Hours" AS "BilledHours", f."Billed" AS "Billed",
         f."Billed Rate" AS "BilledRate", f."Total Billed Amount" AS "TotalBilledAmount",
         f."Bill Rate Non-Billed" AS "BillRateNonBilled",
         CASE WHEN f."Billed" = 'yes' THEN f."Billed Rate" ELSE f."Bill Rate Non-Billed" END AS "BillRateBoth",
         f."Bill Type" AS "RateType",
         sc."Service Code Id" AS "ServiceCodeID", sc."Application Service Code Id" AS "AppServiceCodeID",
         sc."Service Code" AS "ServiceCode",
         u."User Fullname" AS "LastUpdatedBy", f."Visit Updated Timestamp"::timestamp AS "LastUpdatedDate",
         f."Is Missed" AS "IsMissed", f."Missed Visit Reason" AS "MissedVisitReason", f."Call Out Device Type" AS "EVVType",
         f."Provider Patient Id" AS "P_PatientID", f."Application Provider Patient Id" AS "P_AppPatientID",
         p."Admission Id" AS "P_PAdmissionID", p."Patient Name" AS "P_PName", p."Patient Firstname" AS "P_PFName",
         p."Patient Lastname" AS "P_PLName", p."Medicaid Number" AS "P_PMedicaidNumber",
         pad."Patient Address Id" AS "P_PAddressID", pad."Application Patient Address Id" AS "P_PAppAddressID",
         pad."Address Line 1" AS "P_PAddressL1", pad."Address Line 2" AS "P_PAddressL2", pad."City" AS "P_PCity",
         pad."Address State" AS "P_PAddressState", pad."Zip Code" AS "P_PZipCode", pad."County" AS "P_PCounty",
         f."Payer Patient Id" AS "PA_PatientID", f."Application Payer Patient Id" AS "PA_AppPatientID",
         pa."Admission Id" AS "PA_PAdmissionID", pa."Patient Name" AS "PA_PName", pa."Patient Firstname" AS "PA_PFName",
         pa."Patient Lastname" AS "PA_PLName", pa."Medicaid Number" AS "PA_PMedicaidNumber",
         paad."Patient Address Id" AS "PA_PAddressID", paad."Application Patient Address Id" AS "PA_PAppAddressID",
         paad."Address Line 1" AS "PA_PAddressL1", paad."Address Line 2" AS "PA_PAddressL2", paad."City" AS "PA_PCity",
         paad."Address State" AS "PA_PAddressState", paad."Zip Code" AS "PA_PZipCode", paad."County" AS "PA_PCounty"
    FROM (SELECT visit_id FROM pair UNION SELECT con_visit_id FROM pair) AS k
    JOIN :"analytics".factvisitcallperformance_cr AS f ON f."Visit Id" = k.visit_id
    JOIN :"analytics".dimcaregiver AS cg ON cg."Caregiver Id" = f."Caregiver Id"
    JOIN :"analytics".dimprovider AS pr ON pr."Provider Id" = f."Provider Id"
    LEFT JOIN :"analytics".dimoffice AS o ON o."Office Id" = f."Office Id" AND o."Is Active"
    LEFT JOIN :"analytics".dimpatient AS p ON p."Patient Id" = f."Provider Patient Id"
    LEFT JOIN address AS pad ON pad."Patient Id" = f."Provider Patient Id"
    LEFT JOIN :"analytics".dimpatient AS pa ON pa."Patient Id" = f."Payer Patient Id"
    LEFT JOIN address AS paad ON paad."Patient Id" = f."Payer Patient Id"
    LEFT JOIN :"analytics".dimpayer AS py ON py."Payer Id" = f."Payer Id" AND py."Is Active" AND NOT py."Is Demo"
    LEFT JOIN :"analytics".dimcontract AS ct ON ct."Contract Id" = f."Contract Id" AND ct."Is Active"
    LEFT JOIN :"analytics".dimservicecode AS sc ON sc."Service Code Id" = f."Service Code Id"
    -- dimuser keeps text ids in both schema generations; the cast stands on the visit's side, so the index on User Id serves.
    LEFT JOIN :"analytics".dimuser AS u ON u."User Id" = f."Visit Updated User Id"::text
),
confirmed AS (
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
    FROM pair AS p
    JOIN visit AS v1 ON v1.visit_id = p.visit_id
    JOIN visit AS v2 ON v2.visit_id = p.con_visit_id
   WHERE c.ctid = p.row
  RETURNING p.row, :width_cuts AS cuts
),
marked AS (  -- what matched nothing stays, or becomes, marked: a later task closes it
  UPDATE :"conflict".conflictvisitmaps AS c
     SET "UpdateFlag" = 1
    FROM claimed AS k
   WHERE c.ctid = k.row AND k.unmarked AND NOT EXISTS (SELECT FROM pair AS p WHERE p.row = k.row)
  RETURNING 1
)
SELECT count(*) AS rows_claimed,
       count(*) FILTER (WHERE NOT eligible) AS rows_deferred,
       (SELECT count(*) FROM confirmed) AS rows_confirmed,
       (SELECT count(*) FROM marked) AS rows_marked,
       (SELECT coalesce(sum(cuts), 0)::bigint FROM confirmed) AS width_cuts,
       (SELECT coalesce(sum(gps_rejects), 0)::bigint FROM candidate) AS gps_rejects
  FROM claimed;
