-- Everything is computed from a number and the seed. The same :visits and :seed give the same rows on every machine, except for the load
-- stamp of the visits, which is the current time.
-- By hand, in one session after the schema scripts: psql -v visits=2000 -v seed=1 -f 01_helpers.sql -f 02_reference.sql and so on.
SET work_mem = '256MB';
SET maintenance_work_mem = '512MB';
SET jit = off;

-- A whole number from 0 to bound - 1 that looks random. "salt" makes the choices for one row independent of each other.
CREATE FUNCTION pg_temp.pick(n bigint, salt int, bound int) RETURNS int LANGUAGE sql IMMUTABLE
RETURN ((hashint8extended(n * 64 + salt, :seed) & 9223372036854775807) % bound)::int;

CREATE FUNCTION pg_temp.id(kind text, n bigint) RETURNS text LANGUAGE sql IMMUTABLE
RETURN md5(kind || n::text || '/' || (:seed)::text)::uuid::text;

-- SSNs that start with 9 are never issued. The multiplier is coprime to 10^8, so no two persons get the same number.
CREATE FUNCTION pg_temp.ssn(person bigint) RETURNS text LANGUAGE sql IMMUTABLE
RETURN CASE
  WHEN person % 120 = 9 THEN '9''' || lpad(((person * 7919 + :seed) % 10000000)::text, 7, '0')
  ELSE '9' || lpad(((person * 7919 + :seed) % 100000000)::text, 8, '0')
END;

CREATE FUNCTION pg_temp.first_name(n bigint) RETURNS text LANGUAGE sql IMMUTABLE
RETURN (ARRAY[
  'Ana','Brigid','Chidi','Dolores','Zoë','Łukasz','Nguyễn','李','Ольга','Siobhán','Musa','Grace'
])[1 + pg_temp.pick(n, 1, 12)];

CREATE FUNCTION pg_temp.last_name(n bigint) RETURNS text LANGUAGE sql IMMUTABLE
RETURN (ARRAY[
  'Smith','O''Neill','Müller','Nowak','García','Okafor','Trần','王','Иванова','Brown','Jones','de la Cruz'
])[1 + pg_temp.pick(n, 2, 12)]
  || '-' || n::text;

-- Ten clusters (one person on one date) of 2 to 4 visits form a block of 25 visits and 42 directed pairs.
CREATE TEMP TABLE size AS
SELECT
  blocks,
  blocks * 10 AS clusters,
  blocks * 5 AS persons,
  2 + ceil(sqrt(greatest(200, blocks * 42 * 0.0225)))::int AS heavy,
  10 + :visits / 120 AS singles,
  45 + :visits / 50000 AS providers,
  100 + :visits / 50 AS patients
FROM (SELECT 1 + :visits / 168 AS blocks) AS b;
