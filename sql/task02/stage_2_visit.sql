-- Stage 2: the visits that eligible claimed rows refer to, on either side, if Task 02 may compare them: in the window, with a caregiver who
-- has an SSN and an active provider that is not a demo, neither of them excluded. Each is read once by primary key, with the values that
-- the rules need and the names, patients and addresses that a confirmed pair takes over. Columns are named as in conflictvisitmaps without
-- the prefix Con, so that :assignments (task02/assignments.sql) sets "X" from the base side and "ConX" from the conflicting side.
-- OFFSET 0 preserves the look-up by key. Without it the planner scans a table that seems small. The outer OFFSET 0 completes the look-up
-- before the dimensions are joined. Without it, a small dimension is scanned and hashed again for every visit. The condition on the window
-- is part of the look-up, for which the planner estimates one row whatever other conditions it has. Outside the look-up, the planner would
-- estimate that 1 in 200 visits remains, because a prepared plan does not know the bounds.
-- A day or time outside the years 1 to 9999, including infinity, is unusable, because differences and casts of such values fail or
-- overflow. It is treated as missing and counted, like an unusable GPS text, so that one visit does not roll back its whole chunk.
WITH fact AS MATERIALIZED (
  SELECT f.*, pr."Provider Name" AS provider_name, pr."Federal Tax Number" AS provider_tax, :provider_age AS provider_age
    FROM (SELECT v.*, cg.*
            FROM (SELECT visit_id FROM cm_claimed WHERE eligible UNION SELECT con_visit_id FROM cm_claimed WHERE eligible) AS k
           CROSS JOIN LATERAL (
                 SELECT v.*, v.ctid AS place, :content AS content FROM :"analytics".factvisitcallperformance_cr AS v
                  WHERE v."Visit Id" = k.visit_id AND :visit_in_window OFFSET 0) AS v
           CROSS JOIN LATERAL (
                 SELECT trim(c."SSN") AS ssn, c."Caregiver Code" AS caregiver_code, c."Caregiver Fullname" AS caregiver_name,
                        c."Caregiver Firstname" AS caregiver_first, c."Caregiver Lastname" AS caregiver_last, c."Status" AS caregiver_status,
                        :caregiver_age AS caregiver_age
                   FROM :"analytics".dimcaregiver AS c WHERE c."Caregiver Id" = v."Caregiver Id" OFFSET 0) AS cg
          OFFSET 0) AS f
    JOIN :"analytics".dimprovider AS pr ON pr."Provider Id" = f."Provider Id" AND pr."Is Active" AND NOT pr."Is Demo"
   WHERE f.ssn <> ''
     -- NOT EXISTS, not NOT IN: with NOT IN, a single NULL among the excluded ids would exclude every visit.
     AND NOT EXISTS (SELECT FROM :"conflict".excluded_agency AS x WHERE x."ProviderID" = f."Provider Id")
     AND NOT EXISTS (SELECT FROM :"conflict".excluded_ssn AS x WHERE trim(x."SSN") = f.ssn)
),
patient AS MATERIALIZED (
  -- Each patient once, as provider patient or as payer patient, with its newest primary GPS address. An address without a usable timestamp
  -- counts as the oldest. Of equally new addresses, the one with the lowest ID is chosen. A uuid has no collation, hence the cast.
  SELECT newest.*, CASE WHEN sound THEN newest."Latitude"::double precision END AS latitude,
         CASE WHEN sound THEN newest."Longitude"::double precision END AS longitude, sound IS FALSE AS unsound
    FROM (SELECT DISTINCT ON (p."Patient Id")
                 p."Patient Id", p."Admission Id", p."Patient Name", p."Patient Firstname", p."Patient Lastname", p."Medicaid Number",
                 a."Patient Address Id", a."Application Patient Address Id", a."Address Line 1", a."Address Line 2", a."City", a."Address State",
                 a."Zip Code", a."County", a."Latitude", a."Longitude",
                 a."Latitude" BETWEEN -90 AND 90 AND a."Longitude" BETWEEN -180 AND 180 AS sound, :patient_age AS patient_age
            FROM (SELECT "Provider Patient Id" AS patient_id FROM fact UNION SELECT "Payer Patient Id" FROM fact) AS k
            JOIN :"analytics".dimpatient AS p ON p."Patient Id" = k.patient_id
            LEFT JOIN :"analytics".dimpatientaddress AS a ON a."Patient Id" = p."Patient Id" AND a."Primary Address" AND a."Address Type" COLLATE "C" LIKE '%GPS%'
           ORDER BY p."Patient Id", CASE WHEN a."Application Created UTC Timestamp" BETWEEN '0001-01-01' AND '9999-12-31 23:59:59.999999' THEN a."Application Created UTC Timestamp" END DESC NULLS LAST,
                    a."Patient Address Id"::text COLLATE "C" OFFSET 0) AS newest
)
SELECT v.visit_id, v.place, v.in_latitude, v.in_longitude, v.out_latitude, v.out_longitude, v.home_latitude, v.home_longitude, v.gps_rejects,
       -- Values that are present but unusable: days and times, coordinates of the provider patient's address, and numbers that do not fit
       -- their column. The judged times are those that the rules compare. Only they and the place can make a pair doubtful.
       v.judged_times - v.usable_judged_times + v.other_times - num_nonnulls(v."EVVStartTime", v."EVVEndTime", v."BilledDate", v."LastUpdatedDate")
       + v.wrong_home::integer + :unfit AS unusable_values,
       v.judged_times > v.usable_judged_times AS doubtful_times, v.gps_rejects > 0 OR v.wrong_home AS doubtful_place,
       -- For the next delta run: the visit's fingerprint, and whether any row that it was joined with may be newer than the first look at
       -- the dimensions. NULL and false in a run without delta.
       v.content, coalesce(v.youngest <= :'look_age'::integer, false) AS fresh,
       :staged, :base_cuts AS base_cuts, :con_cuts AS con_cuts
  FROM (
SELECT v.*, num_nonnulls(v."VisitDate", v."SchStartTime", v."SchEndTime", v."VisitStartTime", v."VisitEndTime") AS usable_judged_times
  FROM (
SELECT f."Visit Id" AS visit_id, f.place, f.content,
       least(f.caregiver_age, f.provider_age, p.patient_age, pa.patient_age, :other_ages) AS youngest,
       call_in.latitude AS in_latitude, call_in.longitude AS in_longitude,
       call_out.latitude AS out_latitude, call_out.longitude AS out_longitude,
       p.latitude AS home_latitude, p.longitude AS home_longitude,
       call_in.rejected + call_out.rejected AS gps_rejects, coalesce(p.unsound, false) AS wrong_home,
       num_nonnulls(f."Visit Date", f."Scheduled Start Time", f."Scheduled End Time", f."Visit Start Time", f."Visit End Time") AS judged_times,
       num_nonnulls(f."Call In Time", f."Call Out Time", f."Invoice Date", f."Visit Updated Timestamp") AS other_times,
       CASE WHEN f."Visit Date" BETWEEN '0001-01-01' AND '9999-12-31 23:59:59.999999' THEN f."Visit Date" END AS "VisitDate", f.ssn AS "SSN", f.ssn AS "AideSSN",
       f."Application Visit Id" AS "AppVisitID",
       f."Provider Id" AS "ProviderID", f."Application Provider Id" AS "AppProviderID",
       f.provider_name AS "ProviderName", f.provider_tax AS "FederalTaxNumber",
       CASE WHEN f."Scheduled Start Time" BETWEEN '0001-01-01' AND '9999-12-31 23:59:59.999999' THEN f."Scheduled Start Time"::timestamp END AS "SchStartTime",
       CASE WHEN f."Scheduled End Time" BETWEEN '0001-01-01' AND '9999-12-31 23:59:59.999999' THEN f."Scheduled End Time"::timestamp END AS "SchEndTime",
       CASE WHEN f."Visit Start Time" BETWEEN '0001-01-01' AND '9999-12-31 23:59:59.999999' THEN f."Visit Start Time"::timestamp END AS "VisitStartTime",
       CASE WHEN f."Visit End Time" BETWEEN '0001-01-01' AND '9999-12-31 23:59:59.999999' THEN f."Visit End Time"::timestamp END AS "VisitEndTime",
       CASE WHEN f."Call In Time" BETWEEN '0001-01-01' AND '9999-12-31 23:59:59.999999' THEN f."Call In Time"::timestamp END AS "EVVStartTime",
       CASE WHEN f."Call Out Time" BETWEEN '0001-01-01' AND '9999-12-31 23:59:59.999999' THEN f."Call Out Time"::timestamp END AS "EVVEndTime",
       f."Caregiver Id" AS "CaregiverID", f."Application Caregiver Id" AS "AppCaregiverID", f.caregiver_code AS "AideCode",
       f.caregiver_name AS "AideName", f.caregiver_first AS "AideFName", f.caregiver_last AS "AideLName",
       f.caregiver_status AS "AideStatus",
       f."Office Id" AS "OfficeID", f."Application Office Id" AS "AppOfficeID", o."Office Name" AS "Office",
       f."Patient Id" AS "PatientID", f."Application Patient Id" AS "AppPatientID",
       f."Payer Id" AS "PayerID", f."Application Payer Id" AS "AppPayerID",
       coalesce(py."Payer Name", ct."Contract Name") AS "Contract", py."Payer State" AS "PayerState",
       -- An application ID of 0 means that there is no payer or no contract.
       CASE WHEN f."Application Payer Id" = 0 AND f."Application Contract Id" <> 0 THEN 'Internal'
            WHEN f."Application Payer Id" <> 0 AND f."Application Contract Id" <> 0 THEN 'UPR'
            WHEN f."Application Payer Id" <> 0 AND f."Application Contract Id" = 0 THEN 'Payer' END AS "ContractType",
       CASE WHEN f."Invoice Date" BETWEEN '0001-01-01' AND '9999-12-31 23:59:59.999999' THEN f."Invoice Date"::timestamp END AS "BilledDate", f."Billed Hours" AS "BilledHours", f."Billed" AS "Billed",
       f."Billed Rate" AS "BilledRate", f."Total Billed Amount" AS "TotalBilledAmount",
       f."Bill Rate Non-Billed" AS "BillRateNonBilled",
       CASE WHEN f."Billed" = 'yes' THEN f."Billed Rate" ELSE f."Bill Rate Non-Billed" END AS "BillRateBoth",
       f."Bill Type" AS "RateType",
       sc."Service Code Id" AS "ServiceCodeID", sc."Application Service Code Id" AS "AppServiceCodeID",
       sc."Service Code" AS "ServiceCode",
       u."User Fullname" AS "LastUpdatedBy",
       CASE WHEN f."Visit Updated Timestamp" BETWEEN '0001-01-01' AND '9999-12-31 23:59:59.999999' THEN f."Visit Updated Timestamp"::timestamp END AS "LastUpdatedDate",
       f."Is Missed" AS "IsMissed", f."Missed Visit Reason" AS "MissedVisitReason", f."Call Out Device Type" AS "EVVType",
       f."Provider Patient Id" AS "P_PatientID", f."Application Provider Patient Id" AS "P_AppPatientID",
       p."Admission Id" AS "P_PAdmissionID", p."Patient Name" AS "P_PName", p."Patient Firstname" AS "P_PFName",
       p."Patient Lastname" AS "P_PLName", p."Medicaid Number" AS "P_PMedicaidNumber",
       p."Patient Address Id" AS "P_PAddressID", p."Application Patient Address Id" AS "P_PAppAddressID",
       p."Address Line 1" AS "P_PAddressL1", p."Address Line 2" AS "P_PAddressL2", p."City" AS "P_PCity",
       p."Address State" AS "P_PAddressState", p."Zip Code" AS "P_PZipCode", p."County" AS "P_PCounty",
       f."Payer Patient Id" AS "PA_PatientID", f."Application Payer Patient Id" AS "PA_AppPatientID",
       pa."Admission Id" AS "PA_PAdmissionID", pa."Patient Name" AS "PA_PName", pa."Patient Firstname" AS "PA_PFName",
       pa."Patient Lastname" AS "PA_PLName", pa."Medicaid Number" AS "PA_PMedicaidNumber",
       pa."Patient Address Id" AS "PA_PAddressID", pa."Application Patient Address Id" AS "PA_PAppAddressID",
       pa."Address Line 1" AS "PA_PAddressL1", pa."Address Line 2" AS "PA_PAddressL2", pa."City" AS "PA_PCity",
       pa."Address State" AS "PA_PAddressState", pa."Zip Code" AS "PA_PZipCode", pa."County" AS "PA_PCounty"
  FROM fact AS f
  LEFT JOIN :"analytics".dimoffice AS o ON o."Office Id" = f."Office Id" AND o."Is Active"
  LEFT JOIN patient AS p ON p."Patient Id" = f."Provider Patient Id"
  LEFT JOIN patient AS pa ON pa."Patient Id" = f."Payer Patient Id"
  LEFT JOIN :"analytics".dimpayer AS py ON py."Payer Id" = f."Payer Id" AND py."Is Active" AND NOT py."Is Demo"
  LEFT JOIN :"analytics".dimcontract AS ct ON ct."Contract Id" = f."Contract Id" AND ct."Is Active"
  LEFT JOIN :"analytics".dimservicecode AS sc ON sc."Service Code Id" = f."Service Code Id"
  -- dimuser has text ids in both schema generations. The cast is on the visit's side, so that the index on User Id can be used.
  LEFT JOIN :"analytics".dimuser AS u ON u."User Id" = f."Visit Updated User Id"::text
  CROSS JOIN LATERAL (:gps_call_in) AS call_in
  CROSS JOIN LATERAL (:gps_call_out) AS call_out
OFFSET 0) AS v) AS v;
