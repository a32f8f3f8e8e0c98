-- Task 02 for one chunk: recompute the stored pairs of a range from analytics. Both phases run this text; Phase 1 has one range for all.
--
-- The stored rows are the driving side. Each names its two visits, so those are looked up by primary key: the visit fact is never
-- scanned, and a pair is found wherever the analytics side has moved it. Nothing is matched by the stored VisitDate or SSN.
--
-- Column names of "visit" are those of conflictvisitmaps without the prefix Con, so that :assignments (task02/assignments.sql) can set
-- "X" from the base side v1 and "ConX" from the conflicting side v2, cast to the type and cut to the width the catalogue gives.
WITH claimed AS MATERIALIZED (
  SELECT c."ID" AS row_id, c."VisitID" AS visit_id, c."ConVisitID" AS con_visit_id,
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
candidate AS MATERIALIZED (  -- each visit once, whichever side it stands on
  SELECT f.*, trim(cg."SSN") AS ssn, cg."Caregiver Code", cg."Caregiver Fullname", cg."Caregiver Firstname", cg."Caregiver Lastname",
         cg."Status" AS caregiver_status, pr."Provider Name", pr."Federal Tax Number"
    FROM visit_key AS k
    JOIN :"analytics".factvisitcallperformance_cr AS f ON f."Visit Id" = k.visit_id
    JOIN :"analytics".dimcaregiver AS cg ON cg."Caregiver Id" = f."Caregiver Id"
    JOIN :"analytics".dimprovider AS pr ON pr."Provider Id" = f."Provider Id" AND pr."Is Active" AND NOT pr."Is Demo"
   WHERE f."Visit Date" BETWEEN :'window_from'::date AND :'window_to'::date
     AND trim(cg."SSN") <> ''
     -- NOT EXISTS, not NOT IN: one NULL among the excluded ids must not exclude everybody.
     AND NOT EXISTS (SELECT FROM :"conflict".excluded_agency AS x WHERE x."ProviderID" = f."Provider Id")
     AND NOT EXISTS (SELECT FROM :"conflict".excluded_ssn AS x WHERE trim(x."SSN") = trim(cg."SSN"))
),
address AS MATERIALIZED (  -- the newest primary GPS address of each patient; without a timestamp it is the oldest
  SELECT DISTINCT ON (a."Patient Id") a.*
    FROM :"analytics".dimpatientaddress AS a
   WHERE a."Patient Id" IN (SELECT "Provider Patient Id" FROM candidate UNION SELECT "Payer Patient Id" FROM candidate)
     AND a."Primary Address" AND a."Address Type" LIKE '%GPS%'
   ORDER BY a."Patient Id", a."Application Created UTC Timestamp" DESC NULLS LAST, a."Patient Address Id"
),
visit AS MATERIALIZED (
  SELECT f."Visit Id" AS visit_id, f."Visit Date" AS "VisitDate", f.ssn AS "SSN", f.ssn AS "AideSSN",
         f."Application Visit Id" AS "AppVisitID",
         f."Provider Id" AS "ProviderID", f."Application Provider Id" AS "AppProviderID",
         f."Provider Name" AS "ProviderName", f."Federal Tax Number" AS "FederalTaxNumber",
         f."Scheduled Start Time"::timestamp AS "SchStartTime", f."Scheduled End Time"::timestamp AS "SchEndTime",
         f."Visit Start Time"::timestamp AS "VisitStartTime", f."Visit End Time"::timestamp AS "VisitEndTime",
         f."Call In Time"::timestamp AS "EVVStartTime", f."Call Out Time"::timestamp AS "EVVEndTime",
         f."Caregiver Id" AS "CaregiverID", f."Application Caregiver Id" AS "AppCaregiverID", f."Caregiver Code" AS "AideCode",
         f."Caregiver Fullname" AS "AideName", f."Caregiver Firstname" AS "AideFName", f."Caregiver Lastname" AS "AideLName",
         f.caregiver_status AS "AideStatus",
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
         paad."Address State" AS "PA_PAddressState", paad."Zip Code" AS "PA_PZipCode", paad."County" AS "PA_PCounty",
         -- The base visit is left (call-out first), the conflicting one is reached (call-in first); then the provider patient's address.
         coalesce(call_out.latitude, call_in.latitude, home.latitude) AS leaving_latitude,
         coalesce(call_out.longitude, call_in.longitude, home.longitude) AS leaving_longitude,
         coalesce(call_in.latitude, call_out.latitude, home.latitude) AS reached_latitude,
         coalesce(call_in.longitude, call_out.longitude, home.longitude) AS reached_longitude,
         call_in.rejected + call_out.rejected AS gps_rejects
    FROM candidate AS f
    LEFT JOIN :"analytics".dimoffice AS o ON o."Office Id" = f."Office Id" AND o."Is Active"
    LEFT JOIN :"analytics".dimpatient AS p ON p."Patient Id" = f."Provider Patient Id"
    LEFT JOIN address AS pad ON pad."Patient Id" = p."Patient Id"
    LEFT JOIN :"analytics".dimpatient AS pa ON pa."Patient Id" = f."Payer Patient Id"
    LEFT JOIN address AS paad ON paad."Patient Id" = pa."Patient Id"
    LEFT JOIN :"analytics".dimpayer AS py ON py."Payer Id" = f."Payer Id" AND py."Is Active" AND NOT py."Is Demo"
    LEFT JOIN :"analytics".dimcontract AS ct ON ct."Contract Id" = f."Contract Id" AND ct."Is Active"
    LEFT JOIN :"analytics".dimservicecode AS sc ON sc."Service Code Id" = f."Service Code Id"
    -- dimuser keeps text ids in both schema generations; the cast stands on the visit's side, so the index on User Id serves.
    LEFT JOIN :"analytics".dimuser AS u ON u."User Id" = f."Visit Updated User Id"::text
    CROSS JOIN LATERAL (:gps_call_in) AS call_in
    CROSS JOIN LATERAL (:gps_call_out) AS call_out
    CROSS JOIN LATERAL (
      SELECT CASE WHEN good THEN pad."Latitude"::double precision END AS latitude,
             CASE WHEN good THEN pad."Longitude"::double precision END AS longitude
        FROM (SELECT pad."Latitude" BETWEEN -90 AND 90 AND pad."Longitude" BETWEEN -180 AND 180 AS good OFFSET 0) AS checked) AS home
),
confirmed AS (
  UPDATE :"conflict".conflictvisitmaps AS c
     SET :assignments,
         "PLatitude" = v1.leaving_latitude, "PLongitude" = v1.leaving_longitude,
         "ConPLatitude" = v2.reached_latitude, "ConPLongitude" = v2.reached_longitude,
         "MinuteDiffBetweenSch" = gap.shown, "DistanceMilesFromLatLng" = travel.miles,
         "AverageMilesPerHour" = speed.mph, :"eta_minutes" = eta.minutes,
         -- Only 'N' gives way to the rule; 'Y' never goes back while the row lives, and NULL stays NULL.
         "SameSchTimeFlag" = CASE WHEN c."SameSchTimeFlag" = 'N' THEN rule.r1 ELSE c."SameSchTimeFlag" END,
         "SameVisitTimeFlag" = CASE WHEN c."SameVisitTimeFlag" = 'N' THEN rule.r2 ELSE c."SameVisitTimeFlag" END,
         "SchAndVisitTimeSameFlag" = CASE WHEN c."SchAndVisitTimeSameFlag" = 'N' THEN rule.r3 ELSE c."SchAndVisitTimeSameFlag" END,
         "SchOverAnotherSchTimeFlag" = CASE WHEN c."SchOverAnotherSchTimeFlag" = 'N' THEN rule.r4 ELSE c."SchOverAnotherSchTimeFlag" END,
         "VisitTimeOverAnotherVisitTimeFlag" =
           CASE WHEN c."VisitTimeOverAnotherVisitTimeFlag" = 'N' THEN rule.r5 ELSE c."VisitTimeOverAnotherVisitTimeFlag" END,
         "SchTimeOverVisitTimeFlag" = CASE WHEN c."SchTimeOverVisitTimeFlag" = 'N' THEN rule.r6 ELSE c."SchTimeOverVisitTimeFlag" END,
         "DistanceFlag" = CASE WHEN c."DistanceFlag" = 'N' THEN rule.r7 ELSE c."DistanceFlag" END,
         "StatusFlag" = CASE WHEN c."StatusFlag" IN ('W', 'I') THEN c."StatusFlag" WHEN c."StatusFlag" IS NOT NULL THEN 'U' END,
         "ResolveDate" = NULL, "UpdateFlag" = NULL, "UpdatedDate" = localtimestamp
    FROM claimed AS k
    JOIN visit AS v1 ON v1.visit_id = k.visit_id
    JOIN visit AS v2 ON v2.visit_id = k.con_visit_id
    -- OFFSET 0 keeps each step a step: the distance is worked out once per pair, not once per mention.
    CROSS JOIN LATERAL (
      SELECT g12, g21,
             CASE WHEN g12 > 0 AND g21 > 0 THEN least(g12, g21) WHEN g12 > 0 THEN g12 WHEN g21 > 0 THEN g21 ELSE 0 END AS shown
        FROM (SELECT extract(epoch FROM v2."VisitStartTime" - v1."VisitEndTime") / 60 AS g12,
                     extract(epoch FROM v1."VisitStartTime" - v2."VisitEndTime") / 60 AS g21 OFFSET 0) AS minutes OFFSET 0) AS gap
    CROSS JOIN LATERAL (
      -- Haversine on a sphere of 6,371,000 m; 1609.34 m to the mile. least/greatest: rounding may leave [0, 1] and asin would fail.
      SELECT round((2 * 6371000 * asin(sqrt(least(1, greatest(0,
               sin(radians(v2.reached_latitude - v1.leaving_latitude) / 2) ^ 2
               + cos(radians(v1.leaving_latitude)) * cos(radians(v2.reached_latitude))
                 * sin(radians(v2.reached_longitude - v1.leaving_longitude) / 2) ^ 2))))
             / 1609.34 * :'distance_multiplier'::double precision)::numeric, 2) AS miles OFFSET 0) AS travel
    CROSS JOIN LATERAL (
      SELECT (SELECT m."AverageMilesPerHour" FROM :"conflict".mph AS m
               WHERE travel.miles BETWEEN m."From" AND m."To" ORDER BY m."From", m."ID" LIMIT 1)::numeric AS mph OFFSET 0) AS speed
    CROSS JOIN LATERAL (SELECT round(travel.miles / nullif(speed.mph, 0) * 60, 2) AS minutes OFFSET 0) AS eta
    CROSS JOIN LATERAL (
      SELECT v1."VisitStartTime" IS NULL AND v1."VisitEndTime" IS NULL AS u1,
             v2."VisitStartTime" IS NULL AND v2."VisitEndTime" IS NULL AS u2,
             v1."VisitStartTime" IS NOT NULL AND v1."VisitEndTime" IS NOT NULL AS c1,
             v2."VisitStartTime" IS NOT NULL AND v2."VisitEndTime" IS NOT NULL AS c2 OFFSET 0) AS clocked
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
                     v1."SchStartTime" = v2."SchStartTime" AND v1."SchEndTime" = v2."SchEndTime" AS same_ss,
                     v1."VisitStartTime" = v2."VisitStartTime" AND v1."VisitEndTime" = v2."VisitEndTime" AS same_vv,
                     v1."SchStartTime" = v2."VisitStartTime" AND v1."SchEndTime" = v2."VisitEndTime" AS same_sv,
                     v2."SchStartTime" = v1."VisitStartTime" AND v2."SchEndTime" = v1."VisitEndTime" AS same_vs,
                     v1."SchStartTime" < v2."SchEndTime" AND v1."SchEndTime" > v2."SchStartTime" AS over_ss,
                     v1."VisitStartTime" < v2."VisitEndTime" AND v1."VisitEndTime" > v2."VisitStartTime" AS over_vv,
                     v1."SchStartTime" < v2."VisitEndTime" AND v1."SchEndTime" > v2."VisitStartTime" AS over_sv,
                     v2."SchStartTime" < v1."VisitEndTime" AND v2."SchEndTime" > v1."VisitStartTime" AS over_vs) AS times OFFSET 0) AS rule
   WHERE c."ID" = k.row_id AND k.eligible
     AND v1.visit_id <> v2.visit_id AND v1."VisitDate" = v2."VisitDate" AND v1."SSN" = v2."SSN" AND v1."ProviderID" <> v2."ProviderID"
     AND 'Y' IN (rule.r1, rule.r2, rule.r3, rule.r4, rule.r5, rule.r6, rule.r7)
  RETURNING :width_cuts AS cuts
)
SELECT count(*) AS rows_claimed,
       count(*) FILTER (WHERE NOT eligible) AS rows_deferred,
       (SELECT count(*) FROM confirmed) AS rows_confirmed,
       (SELECT coalesce(sum(cuts), 0)::bigint FROM confirmed) AS width_cuts,
       (SELECT coalesce(sum(gps_rejects), 0)::bigint FROM visit) AS gps_rejects
  FROM claimed;
