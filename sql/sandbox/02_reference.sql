INSERT INTO conflict.settings ("ID", "ExtraDistance", "ExtraDistancePer", "NORESPONSELIMITTIME", "LastLoadDate", "InProgressFlag")
VALUES (1, 20, 1.20, 48, current_date - interval '20 hours', 2);

-- Whole-number bounds leave gaps such as 2.01 to 2.99. No band covers distances beyond 200 miles.
INSERT INTO conflict.mph ("RECORDEDDATETIME", "TYPE", "From", "To", "AverageMilesPerHour")
SELECT current_date - 400, low || '-' || high || ' miles', low, high, speed
FROM (VALUES (0, 2, 5), (3, 5, 10), (6, 10, 15), (11, 25, 25), (26, 50, 40), (51, 100, 55), (101, 200, 60)) AS band (low, high, speed);

INSERT INTO conflict.excluded_agency ("AgencyName", "ProviderID", "AppProviderID")
VALUES
  ('Excluded Home Care', pg_temp.id('provider', 4), '1004'),
  ('Agency without an id', NULL, NULL),
  ('Agency that is gone', pg_temp.id('provider', -1), '999');

INSERT INTO conflict.excluded_ssn ("SSN")
SELECT CASE WHEN person % 120 = 8 THEN '  ' || pg_temp.ssn(person) || ' ' ELSE pg_temp.ssn(person) END
FROM size, generate_series(0, persons - 1) AS person
WHERE person % 120 IN (7, 8)
UNION ALL
SELECT '8' || lpad(n::text, 8, '0') FROM generate_series(1, 100) AS n
UNION ALL
VALUES (NULL), ('');

INSERT INTO conflict.noresponsereasons ("Title", "Description")
VALUES ('Agency closed', 'The other agency does not exist any more'), ('No answer', 'Three calls without an answer');
