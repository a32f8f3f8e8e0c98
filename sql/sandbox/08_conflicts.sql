-- The directed pairs as earlier runs left them: persons and dates are right (or deliberately wrong), all other values are stale.
CREATE TEMP TABLE pair AS
SELECT row_number() OVER (ORDER BY a.n, b.n) AS id, a.n, b.n AS con_n, a.cluster, a.person, a.visit_date - a.days_moved AS stored_date
FROM visit_plan AS a
JOIN visit_plan AS b ON b.cluster = a.cluster AND b.n <> a.n AND b.provider <> a.provider;

-- One conflict per base visit. Its parent row has its own status.
INSERT INTO conflict.conflicts ("CONFLICTID", "RECORDEDDATETIME", "StatusFlag", "NoResponseFlag", "CreatedDate", "FlagForReview")
SELECT
  n + 1,
  current_date - interval '40 days',
  (ARRAY['U','U','U','U','U','R','N','W','I','D'])[1 + n % 10],
  CASE WHEN n % 10 = 6 THEN 'Yes' END,
  current_date - interval '40 days',
  CASE WHEN n % 15 = 2 THEN 'Yes' END
FROM (SELECT DISTINCT n FROM pair) AS base;

SELECT setval('conflict.conflicts_conflictid_seq', (SELECT max("CONFLICTID") FROM conflict.conflicts)::bigint);

-- The values that one visit contributes to its rows, on either side.
CREATE TEMP TABLE side AS
SELECT
  v.n,
  pg_temp.id('provider', provider) AS provider_id,
  (1000 + provider)::text AS app_provider_id,
  'Former Agency ' || provider AS provider_name,
  lpad((provider * 13)::text, 9, '7') AS federal_tax_number,
  pg_temp.id('visit', v.n) AS visit_id,
  (10000000 + v.n)::text AS app_visit_id,
  starts - interval '5 minutes' AS scheduled_start,
  starts + (length - 5) * interval '1 minute' AS scheduled_end,
  CASE WHEN v.n % 4 = 1 THEN starts + interval '2 minutes' END AS visit_start,
  CASE WHEN v.n % 4 = 1 THEN starts + (length - 3) * interval '1 minute' END AS visit_end,
  pg_temp.id('caregiver', caregiver) AS caregiver_id,
  900000 + caregiver AS app_caregiver_id,
  'Former' AS aide_first_name,
  pg_temp.last_name(person + 1) AS aide_last_name,
  pg_temp.ssn(person) AS ssn,
  pg_temp.id('office', provider * 3) AS office_id,
  (5000 + provider * 3)::text AS app_office_id,
  'Former Office ' || provider AS office,
  pg_temp.id('patient', v.n % patients) AS patient_id,
  700000 + v.n % patients AS app_patient_id,
  'Earlier' AS patient_first_name,
  pg_temp.last_name(v.n) AS patient_last_name,
  'MA' || lpad(v.n::text, 8, '0') AS medicaid_number,
  pg_temp.id('address', v.n % patients * 4) AS address_id,
  v.n % 900 || ' Former Street' AS address_line,
  lpad((10001 + v.n % 400)::text, 5, '0') AS zip_code,
  latitude_in::text AS latitude,
  longitude::text AS longitude,
  pg_temp.id('payer', v.n % 60) AS payer_id,
  (2000 + v.n % 60)::text AS app_payer_id,
  'Former Payer ' || v.n % 60 AS payer_name,
  pg_temp.id('service', v.n % 30) AS service_id,
  4000 + v.n % 30 AS app_service_id,
  'T' || v.n % 30 AS service_code,
  v.visit_date + interval '20 hours' AS updated
FROM visit_plan AS v, size
WHERE v.cluster IS NOT NULL;

ANALYZE pair;
ANALYZE side;
