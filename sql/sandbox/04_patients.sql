INSERT INTO analytics.dimpatient
SELECT
  pg_temp.id('patient', n),
  700000 + n,
  pg_temp.first_name(n + 11),
  pg_temp.last_name(n + 13),
  pg_temp.first_name(n + 11) || ' ' || pg_temp.last_name(n + 13),
  'ADM-' || n,
  CASE WHEN n % 9 = 2 THEN NULL ELSE 'MA' || lpad(n::text, 8, '0') END,
  (ARRAY['Active','Discharged','On Hold',NULL])[1 + n % 4],
  current_date - interval '2 days'
FROM size, generate_series(0, patients - 1) AS n;

-- Up to three addresses per patient. "age" is the number of days since an address was entered, or NULL if unknown. Kinds: one GPS address,
-- a newer one, an unknown age, a tie, one that is not primary, none with GPS, none at all, no coordinates.
INSERT INTO analytics.dimpatientaddress
SELECT
  pg_temp.id('address', patient * 4 + slot),
  800000 + patient * 4 + slot,
  pg_temp.id('patient', patient),
  700000 + patient,
  type,
  10 + pg_temp.pick(patient * 4 + slot, 3, 900) || ' Main Street',
  CASE WHEN slot = 1 THEN 'Apt ' || patient % 40 END,
  (ARRAY['Brooklyn','New York','Yonkers','São Paulo'])[1 + patient % 4],
  'Kings',
  'NY',
  lpad((10001 + pg_temp.pick(patient, 4, 400))::text, 5, '0'),
  is_primary,
  CASE WHEN kind <> 7 THEN 40.5 + pg_temp.pick(patient, 5, 4000) / 10000.0 + slot * 0.01 END,
  CASE WHEN kind <> 7 THEN -74.2 + pg_temp.pick(patient, 6, 4000) / 10000.0 END,
  current_date - age * interval '1 day',
  current_date - interval '2 days'
FROM size, generate_series(0, patients - 1) AS patient
JOIN (VALUES
  (0, 1, 'GPS', true, 100), (0, 2, 'Mailing', true, 10),
  (1, 1, 'Home,GPS', true, 300), (1, 2, 'GPS', true, 30), (1, 3, 'gps', true, 1),
  (2, 1, 'GPS', true, NULL), (2, 2, 'GPS', true, 500),
  (3, 1, 'GPS', true, 60), (3, 2, 'Home,GPS', true, 60),
  (4, 1, 'GPS', false, 5), (4, 2, 'GPS', true, 700), (4, 3, 'GPS', NULL, 3),
  (5, 1, 'Home', true, 20),
  (7, 1, 'GPS', true, 40)
) AS address (kind, slot, type, is_primary, age) ON address.kind = patient % 8;
