-- Of a run with delta: which row versions the chunk's snapshot sees of the tables that Task 02 looks things up in. A fingerprint goes by where
-- a row stands and which transaction put it there, not by what it holds: equal fingerprints are the same rows, and no value can be told
-- from one. "reference" is what concerns every pair: the definitions of all tables, the small tables that are read whole, the cluster.
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
looked_at AS MATERIALIZED (  -- reading a much larger table in every chunk costs more than looking up what the chunk's visits name
  SELECT r.name
    FROM relation AS r
   GROUP BY r.name
  HAVING max(r.reltuples) <= (SELECT 20 * r.planned_rows / greatest(r.planned_chunks, 1) FROM :"ledger".run AS r WHERE r.run_id = :'run_id')
),
seen (name, relation, place, version) AS (
  SELECT 'mph', tableoid, ctid, xmin FROM :"conflict".mph
   UNION ALL SELECT 'excluded_agency', tableoid, ctid, xmin FROM :"conflict".excluded_agency
   UNION ALL SELECT 'excluded_ssn', tableoid, ctid, xmin FROM :"conflict".excluded_ssn
   UNION ALL SELECT 'dimcaregiver', tableoid, ctid, xmin FROM :"analytics".dimcaregiver WHERE EXISTS (SELECT FROM looked_at WHERE name = 'dimcaregiver')
   UNION ALL SELECT 'dimoffice', tableoid, ctid, xmin FROM :"analytics".dimoffice WHERE EXISTS (SELECT FROM looked_at WHERE name = 'dimoffice')
   UNION ALL SELECT 'dimpatient', tableoid, ctid, xmin FROM :"analytics".dimpatient WHERE EXISTS (SELECT FROM looked_at WHERE name = 'dimpatient')
   UNION ALL SELECT 'dimpatientaddress', tableoid, ctid, xmin FROM :"analytics".dimpatientaddress WHERE EXISTS (SELECT FROM looked_at WHERE name = 'dimpatientaddress')
   UNION ALL SELECT 'dimpayer', tableoid, ctid, xmin FROM :"analytics".dimpayer WHERE EXISTS (SELECT FROM looked_at WHERE name = 'dimpayer')
   UNION ALL SELECT 'dimcontract', tableoid, ctid, xmin FROM :"analytics".dimcontract WHERE EXISTS (SELECT FROM looked_at WHERE name = 'dimcontract')
   UNION ALL SELECT 'dimprovider', tableoid, ctid, xmin FROM :"analytics".dimprovider WHERE EXISTS (SELECT FROM looked_at WHERE name = 'dimprovider')
   UNION ALL SELECT 'dimservicecode', tableoid, ctid, xmin FROM :"analytics".dimservicecode WHERE EXISTS (SELECT FROM looked_at WHERE name = 'dimservicecode')
   UNION ALL SELECT 'dimuser', tableoid, ctid, xmin FROM :"analytics".dimuser WHERE EXISTS (SELECT FROM looked_at WHERE name = 'dimuser')
),
fingerprint AS (
  SELECT name, concat(count(*), ' ', bit_xor(hashtextextended(version::text, hashtidextended(place, relation::bigint)))) AS versions
    FROM seen
   GROUP BY name
),
version AS (
  SELECT name, versions FROM fingerprint WHERE name NOT IN ('mph', 'excluded_agency', 'excluded_ssn')
   UNION ALL
  SELECT 'reference',
         md5((SELECT columns FROM definition) || :'distance_multiplier'::double precision
             || (SELECT system_identifier FROM pg_control_system())
             || (SELECT coalesce(string_agg(concat_ws(' ', name, versions), ',' ORDER BY name), '') FROM fingerprint
                  WHERE name IN ('mph', 'excluded_agency', 'excluded_ssn')))
)
SELECT jsonb_object_agg(v.name, v.versions)::text AS versions,
       array(SELECT v.name FROM version AS v
              WHERE v.versions IS NOT NULL AND v.versions = :'base_versions'::jsonb ->> v.name) AS same,
       age(:'base_baseline'::text::xid8::xid) AS base_age,
       (SELECT count(*) FROM cm_claimed) AS rows_claimed, (SELECT count(*) FROM cm_claimed WHERE eligible) AS rows_eligible
  FROM version AS v;
