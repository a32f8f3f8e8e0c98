-- Of a run with delta: what the chunk's snapshot sees of the tables that Task 02 looks things up in. A dimension is counted: when all of its rows
-- are older than the base run and as many as each of that run's chunks saw, they are the same rows, for what is old and here was there. "reference"
-- is what concerns every pair: the definitions of all tables, the small tables that are read whole, the cluster. Of those it is told which
-- transaction put which row where, as a hash; no value can be told from it.
WITH RECURSIVE needed (schema, name) AS (
  SELECT :'conflict_schema'::text, t.name FROM unnest(ARRAY['conflictvisitmaps', 'mph', 'excluded_agency', 'excluded_ssn']) AS t (name)
   UNION ALL
  SELECT :'analytics_schema'::text, t.name
    FROM unnest(ARRAY['factvisitcallperformance_cr', 'dimcaregiver', 'dimoffice', 'dimpatient', 'dimpatientaddress', 'dimpayer', 'dimcontract',
                      'dimprovider', 'dimservicecode', 'dimuser']) AS t (name)
),
relation AS (  -- with their partitions: one that is attached or swapped in brings rows that are old already
  SELECT c.oid, n.name, c.reltuples, c.relkind, c.relrowsecurity
    FROM needed AS n
    JOIN pg_namespace AS s ON s.nspname = n.schema
    JOIN pg_class AS c ON c.relnamespace = s.oid AND c.relname = n.name
   UNION ALL
  SELECT c.oid, r.name, c.reltuples, c.relkind, c.relrowsecurity
    FROM relation AS r
    JOIN pg_inherits AS i ON i.inhparent = r.oid
    JOIN pg_class AS c ON c.oid = i.inhrelid
),
definition AS (  -- a view or a foreign table has no versions, and a policy may hide rows from one day to the next: then none is told
  SELECT CASE WHEN bool_and(r.relkind IN ('r', 'p') AND NOT r.relrowsecurity)
              THEN string_agg(concat_ws(' ', a.attrelid, a.attnum, a.attname, a.atttypid, a.atttypmod, a.attmissingval::text), ',' ORDER BY a.attrelid, a.attnum)
         END AS columns
    FROM relation AS r
    JOIN pg_attribute AS a ON a.attrelid = r.oid AND a.attnum > 0
),
looked_at AS MATERIALIZED (  -- counting a much larger table in every chunk costs more than looking up what the chunk's visits name
  SELECT r.name
    FROM relation AS r
   GROUP BY r.name
  HAVING max(r.reltuples) <= (SELECT 50 * r.planned_rows / greatest(r.planned_chunks, 1) FROM :"ledger".run AS r WHERE r.run_id = :'run_id')
),
base AS MATERIALIZED (SELECT age(:'base_baseline'::text::xid8::xid) AS age),
dimension (name, rows, young) AS (
  SELECT 'dimcaregiver', count(*), count(*) FILTER (WHERE NOT age(xmin) > (SELECT age FROM base))
    FROM :"analytics".dimcaregiver WHERE EXISTS (SELECT FROM looked_at WHERE name = 'dimcaregiver')
   UNION ALL
  SELECT 'dimoffice', count(*), count(*) FILTER (WHERE NOT age(xmin) > (SELECT age FROM base))
    FROM :"analytics".dimoffice WHERE EXISTS (SELECT FROM looked_at WHERE name = 'dimoffice')
   UNION ALL
  SELECT 'dimpatient', count(*), count(*) FILTER (WHERE NOT age(xmin) > (SELECT age FROM base))
    FROM :"analytics".dimpatient WHERE EXISTS (SELECT FROM looked_at WHERE name = 'dimpatient')
   UNION ALL
  SELECT 'dimpatientaddress', count(*), count(*) FILTER (WHERE NOT age(xmin) > (SELECT age FROM base))
    FROM :"analytics".dimpatientaddress WHERE EXISTS (SELECT FROM looked_at WHERE name = 'dimpatientaddress')
   UNION ALL
  SELECT 'dimpayer', count(*), count(*) FILTER (WHERE NOT age(xmin) > (SELECT age FROM base))
    FROM :"analytics".dimpayer WHERE EXISTS (SELECT FROM looked_at WHERE name = 'dimpayer')
   UNION ALL
  SELECT 'dimcontract', count(*), count(*) FILTER (WHERE NOT age(xmin) > (SELECT age FROM base))
    FROM :"analytics".dimcontract WHERE EXISTS (SELECT FROM looked_at WHERE name = 'dimcontract')
   UNION ALL
  SELECT 'dimprovider', count(*), count(*) FILTER (WHERE NOT age(xmin) > (SELECT age FROM base))
    FROM :"analytics".dimprovider WHERE EXISTS (SELECT FROM looked_at WHERE name = 'dimprovider')
   UNION ALL
  SELECT 'dimservicecode', count(*), count(*) FILTER (WHERE NOT age(xmin) > (SELECT age FROM base))
    FROM :"analytics".dimservicecode WHERE EXISTS (SELECT FROM looked_at WHERE name = 'dimservicecode')
   UNION ALL
  SELECT 'dimuser', count(*), count(*) FILTER (WHERE NOT age(xmin) > (SELECT age FROM base))
    FROM :"analytics".dimuser WHERE EXISTS (SELECT FROM looked_at WHERE name = 'dimuser')
),
place (name, relation, place, version) AS (
  SELECT 'mph', tableoid, ctid, xmin FROM :"conflict".mph
   UNION ALL SELECT 'excluded_agency', tableoid, ctid, xmin FROM :"conflict".excluded_agency
   UNION ALL SELECT 'excluded_ssn', tableoid, ctid, xmin FROM :"conflict".excluded_ssn
),
reference AS (
  SELECT md5((SELECT columns FROM definition) || :'distance_multiplier'::double precision
             || (SELECT system_identifier FROM pg_control_system())
             || (SELECT coalesce(string_agg(concat_ws(' ', p.name, p.rows, p.hash), ',' ORDER BY p.name), '')
                   FROM (SELECT name, count(*) AS rows, bit_xor(hashtextextended(version::text, hashtidextended(place, relation::bigint))) AS hash
                           FROM place GROUP BY name) AS p)) AS versions
),
version (name, versions, old) AS (
  SELECT name, CASE WHEN name IN (SELECT name FROM looked_at) THEN rows::text END, young = 0 FROM dimension
   UNION ALL
  SELECT 'reference', versions, true FROM reference
)
SELECT jsonb_object_agg(v.name, v.versions)::text AS versions,
       array(SELECT v.name FROM version AS v
              WHERE v.old AND v.versions IS NOT NULL AND v.versions = :'base_versions'::jsonb ->> v.name) AS same,
       bool_and(v.old AND v.versions IS NOT NULL AND v.versions IS NOT DISTINCT FROM :'base_versions'::jsonb ->> v.name) AS all_same,
       (SELECT age FROM base) AS base_age
  FROM version AS v;
