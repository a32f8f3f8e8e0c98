-- One caregiver per person and provider, so that one SSN has several caregiver ids. Some SSNs have typing errors or are missing.
INSERT INTO analytics.dimcaregiver
SELECT
  pg_temp.id('caregiver', caregiver),
  900000 + caregiver,
  'C' || caregiver,
  pg_temp.first_name(person),
  pg_temp.last_name(person),
  pg_temp.first_name(person) || ' ' || pg_temp.last_name(person),
  CASE
    WHEN person % 120 = 10 THEN '  ' || pg_temp.ssn(person)
    WHEN person % 120 = 11 THEN pg_temp.ssn(person) || '   '
    WHEN person % 120 = 12 AND slot = 1 THEN ''
    WHEN person % 120 = 13 AND slot = 1 THEN NULL
    WHEN person % 120 = 14 AND slot = 1 THEN '    '
    ELSE pg_temp.ssn(person)
  END,
  CASE caregiver % 29
    WHEN 2 THEN rpad('Status of the longest name ', 50, 'abcdefghi ')
    WHEN 3 THEN NULL
    WHEN 4 THEN 'Inactive'
    ELSE 'Active'
  END,
  current_date - interval '2 days'
FROM (SELECT DISTINCT caregiver, person, slot FROM visit_plan) AS c;

INSERT INTO analytics.factcaregiverabsence
SELECT
  n, 'sandbox', pg_temp.id('caregiver', n), pg_temp.id('office', n % 90), pg_temp.id('provider', n % 40),
  current_date - n, current_date - n + 3, current_date - interval '2 days'
FROM generate_series(1, 50) AS n;

INSERT INTO analytics.factcaregiverinservice
SELECT
  n, 'sandbox', pg_temp.id('caregiver', n), pg_temp.id('provider', n % 40), pg_temp.id('office', n % 90),
  current_date - n + interval '9 hours', current_date - n + interval '11 hours', current_date - interval '2 days'
FROM generate_series(1, 50) AS n;
