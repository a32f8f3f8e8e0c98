-- Positions as devices send them: mostly two numbers, sometimes other text.
CREATE FUNCTION pg_temp.gps(shape bigint, latitude numeric, longitude numeric) RETURNS text LANGUAGE sql IMMUTABLE
RETURN CASE shape
  WHEN 0 THEN '"' || latitude::text || ',' || longitude::text || '"'
  WHEN 1 THEN ','
  WHEN 2 THEN ''
  WHEN 3 THEN latitude::text
  WHEN 4 THEN 'not available'
  WHEN 5 THEN '140.5,-74.0'
  WHEN 6 THEN '  ' || latitude::text || ' , ' || longitude::text || ' '
  WHEN 7 THEN latitude::text || ',' || longitude::text || ',12.5'
  WHEN 8 THEN NULL
  WHEN 9 THEN '4.07e1,-7.4e1'
  WHEN 10 THEN 'NaN,Infinity'
  ELSE latitude::text || ',' || longitude::text
END;

-- Visit ids are inserted in random order, so creating the index afterwards is faster.
ALTER TABLE analytics.factvisitcallperformance_cr DROP CONSTRAINT factvisitcallperformance_cr_pkey;

INSERT INTO analytics.factvisitcallperformance_cr
SELECT
  pg_temp.id('visit', n),
  10000000 + n,
  pg_temp.id('patient', patient),
  700000 + patient,
  pg_temp.id('caregiver', caregiver),
  900000 + caregiver,
  pg_temp.id('provider', provider),
  1000 + provider,
  pg_temp.id('office', provider * 3 + n % 3),
  5000 + provider * 3 + n % 3,
  CASE WHEN contracting IN ('UPR', 'Payer', 'unknown contract') THEN pg_temp.id('payer', payer) END,
  CASE WHEN contracting IN ('UPR', 'Payer', 'unknown contract') THEN 2000 + payer
    WHEN contracting = 'unknown payer' THEN NULL ELSE 0 END,
  CASE WHEN contracting IN ('UPR', 'Internal', 'unknown payer') THEN pg_temp.id('contract', contract) END,
  CASE WHEN contracting IN ('UPR', 'Internal', 'unknown payer') THEN 3000 + contract
    WHEN contracting = 'unknown contract' THEN NULL ELSE 0 END,
  CASE WHEN n % 31 <> 4 THEN pg_temp.id('service', n % 30) END,
  CASE WHEN n % 31 <> 4 THEN 4000 + n % 30 END,
  CASE WHEN n % 3 <> 1 THEN pg_temp.id('patient', payer_patient) END,
  CASE WHEN n % 3 <> 1 THEN 700000 + payer_patient END,
  CASE WHEN n % 41 <> 5 THEN pg_temp.id('patient', patient) END,
  CASE WHEN n % 41 <> 5 THEN 700000 + patient END,
  visit_date,
  starts - late,
  starts - late + length * interval '1 minute',
  CASE WHEN clocked <> 'no' THEN starts END,
  CASE WHEN clocked = 'yes' THEN starts + length * interval '1 minute' END,
  CASE WHEN clocked <> 'no' THEN starts END,
  CASE WHEN clocked <> 'no' THEN pg_temp.gps(CASE WHEN far THEN 99 ELSE n % 71 END, latitude_in, longitude) END,
  CASE WHEN clocked = 'yes' THEN starts + length * interval '1 minute' END,
  CASE WHEN clocked = 'yes' THEN pg_temp.gps(CASE WHEN far THEN 99 ELSE (n + 36) % 71 END, latitude_out, longitude) END,
  CASE n % 23
    WHEN 3 THEN rpad('Device of the longest name ', 100, 'abcdefghi ')
    WHEN 4 THEN NULL
    ELSE (ARRAY['Mobile App','IVR','FOB'])[1 + n % 3]
  END,
  (ARRAY['Hourly','Daily','Visit'])[1 + pg_temp.pick(n, 24, 3)],
  billed,
  CASE WHEN billed = 'yes' THEN length / 60.0 END,
  CASE WHEN billed = 'yes' THEN rate + 0.125 END,
  CASE WHEN billed = 'yes' THEN (rate + 0.125) * length / 60.0 END,
  CASE WHEN n % 37 <> 6 THEN rate END,
  CASE WHEN billed = 'yes' THEN visit_date + 7 END,
  CASE n % 43 WHEN 7 THEN true WHEN 8 THEN NULL ELSE false END,
  CASE WHEN n % 43 = 7 THEN 'Caregiver did not appear' END,
  CASE WHEN n % 47 <> 9 THEN pg_temp.id('user', n % 200) END,
  CASE WHEN n % 47 <> 9 THEN 6000 + n % 200 END,
  visit_date + interval '30 hours',
  now()
FROM (
  SELECT
    v.*,
    scenario LIKE '%far%' OR scenario LIKE '%bands' AS far,
    -- Visits that took place started a few minutes late. For the others no times are recorded yet.
    CASE WHEN clocked = 'no' THEN interval '0' ELSE interval '5 minutes' END AS late,
    pg_temp.pick(n, 20, patients) AS patient,
    pg_temp.pick(n, 25, patients) AS payer_patient,
    pg_temp.pick(n, 21, 60) AS payer,
    pg_temp.pick(n, 22, 80) AS contract,
    (ARRAY[
      'UPR','UPR','UPR','UPR','Internal','Internal','Payer','none','unknown payer','unknown contract'
    ])[1 + pg_temp.pick(n, 23, 10)] AS contracting,
    CASE n % 3 WHEN 0 THEN 'yes' WHEN 1 THEN 'no' END AS billed,
    18 + pg_temp.pick(n, 26, 1200) / 100.0 AS rate
  FROM visit_plan AS v, size
) AS visit;

WITH gone AS (
  DELETE FROM analytics.factvisitcallperformance_cr AS f
  USING visit_plan AS v
  WHERE v.scenario = 'first visit is gone' AND v.slot = 0 AND f."Visit Id" = pg_temp.id('visit', v.n)
  RETURNING f.*
)
INSERT INTO analytics.factvisitcallperformance_deleted_cr SELECT * FROM gone;

ALTER TABLE analytics.factvisitcallperformance_cr ADD PRIMARY KEY ("Visit Id");
