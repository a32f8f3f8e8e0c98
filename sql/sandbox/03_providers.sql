-- Providers 0 to 4 are never used: inactive, demo, unknown flags, excluded. The name of provider 5 is too long for its target columns.
INSERT INTO analytics.dimprovider
SELECT
  pg_temp.id('provider', n),
  1000 + n,
  CASE n
    WHEN 5 THEN rpad('Agency of the longest name ', 200, 'abcdefghi ')
    WHEN 6 THEN 'Żółta Łódź – Soins à domicile'
    ELSE 'Home Care ' || n || ' Inc.'
  END,
  (ARRAY['NY','NJ','PA','CT'])[1 + n % 4],
  lpad((n * 271)::text, 9, '1'),
  '212-555-' || lpad(n::text, 4, '0'),
  CASE n WHEN 0 THEN false WHEN 2 THEN NULL ELSE true END,
  CASE n WHEN 1 THEN true WHEN 3 THEN NULL ELSE false END,
  current_date - interval '3 days'
FROM size, generate_series(0, providers - 1) AS n;

INSERT INTO analytics.dimoffice
SELECT
  pg_temp.id('office', n),
  5000 + n,
  'Office ' || n || (ARRAY[' North',' South',' Brooklyn',' Québec'])[1 + n % 4],
  CASE n % 17 WHEN 3 THEN false WHEN 4 THEN NULL ELSE true END,
  current_date - interval '3 days'
FROM size, generate_series(0, providers * 3 - 1) AS n;

INSERT INTO analytics.dimpayer
SELECT
  pg_temp.id('payer', n),
  2000 + n,
  CASE WHEN n % 20 = 6 THEN NULL ELSE 'Payer ' || n || ' Health Plan' END,
  (ARRAY['New York','New Jersey',NULL,'Pennsylvania'])[1 + n % 4],
  CASE n % 20 WHEN 3 THEN false WHEN 4 THEN NULL ELSE true END,
  CASE n % 20 WHEN 5 THEN true WHEN 7 THEN NULL ELSE false END,
  current_date - interval '3 days'
FROM generate_series(0, 59) AS n;

INSERT INTO analytics.dimcontract
SELECT
  pg_temp.id('contract', n),
  3000 + n,
  CASE WHEN n % 10 = 1 THEN rpad('Contract of the longest name ', 250, 'abcdefghi ') ELSE 'Contract ' || n END,
  CASE n % 10 WHEN 2 THEN false WHEN 3 THEN NULL ELSE true END,
  current_date - interval '3 days'
FROM generate_series(0, 79) AS n;

INSERT INTO analytics.dimservicecode
SELECT pg_temp.id('service', n), 4000 + n, 'T10' || n || ':U' || n % 9, current_date - interval '3 days'
FROM generate_series(0, 29) AS n;

INSERT INTO analytics.dimuser
SELECT
  pg_temp.id('user', n),
  6000 + n,
  CASE
    WHEN n % 40 = 1 THEN rpad('User of the longest name ', 511, 'abcdefghi ')
    ELSE pg_temp.first_name(n) || ' ' || pg_temp.last_name(n)
  END,
  'user' || n || '@example.org',
  pg_temp.id('provider', n % 40),
  1000 + n % 40
FROM generate_series(0, 199) AS n;

INSERT INTO analytics.dimuseroffices
SELECT pg_temp.id('user', n), pg_temp.id('office', n % 90), pg_temp.id('provider', n % 30), 'Provider'
FROM generate_series(0, 199) AS n;

-- The last two relations refer to a payer and a provider that do not exist.
INSERT INTO analytics.dimpayerprovider
SELECT pg_temp.id('payer', payer), 2000 + payer, pg_temp.id('provider', provider), 1000 + provider
FROM size, generate_series(0, 59) AS payer, generate_series(0, providers - 1) AS provider
WHERE (payer + provider) % 4 = 0
UNION ALL
VALUES
  (pg_temp.id('payer', -1), 1999::numeric, pg_temp.id('provider', 8), 1008::numeric),
  (pg_temp.id('payer', 0), 2000, pg_temp.id('provider', -1), 999);
