-- :surroundings: of all tables that Task 02 reads, what can change without any row of the dimensions: which relations and columns they
-- consist of, and the small tables that are read whole. "sources" has one text per dimension; as long as it is the same, a row version of
-- the dimension keeps its meaning. "definition" is names and types alone, without the numbers that a restored database has otherwise.
WITH RECURSIVE needed (schema, name) AS (
  SELECT :'conflict_schema'::text, t.name FROM unnest(ARRAY['conflictvisitmaps', 'mph', 'excluded_agency', 'excluded_ssn']) AS t (name)
   UNION ALL
  SELECT :'analytics_schema'::text, t.name
    FROM unnest(ARRAY['factvisitcallperformance_cr', 'dimcaregiver', 'dimoffice', 'dimpatient', 'dimpatientaddress', 'dimpayer',
        'dimcontract',
                      'dimprovider', 'dimservicecode', 'dimuser']) AS t (name)
),
relation AS (  -- with their partitions: one that is attached or swapped in brings rows that are old already
  SELECT c.oid, n.name, true AS root
    FROM needed AS n
    JOIN pg_namespace AS s ON s.nspname = n.schema
    JOIN pg_class AS c ON c.relnamespace = s.oid AND c.relname = n.name
   UNION ALL
  SELECT i.inhrelid, r.name, false
    FROM relation AS r
    JOIN pg_inherits AS i ON i.inhparent = r.oid
),
tables AS MATERIALIZED (
  SELECT r.name,
         -- A column that is added with a default has its value in rows that nobody has written since: attmissingval.
         md5(string_agg(concat_ws(' ', a.attrelid, a.attnum, a.attname, a.atttypid, a.atttypmod, a.attmissingval::text),
             ',' ORDER BY a.attrelid, a.attnum)) AS layout,
         string_agg(concat_ws(' ', a.attname, format_type(a.atttypid, a.atttypmod), a.attcollation::regcollation),
             ',' ORDER BY a.attname) FILTER (WHERE r.root) AS definition
    FROM relation AS r
    JOIN pg_attribute AS a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
   GROUP BY r.name
),
small (name, content) AS MATERIALIZED (
  SELECT 'mph', sum(hash_record_extended(ROW(m."From", m."To", m."ID", m."AverageMilesPerHour"), :'seed'::bigint))::text
      FROM :"conflict".mph AS m
   UNION ALL
  SELECT 'excluded_agency', sum(hash_record_extended(ROW(x."ProviderID"), :'seed'::bigint))::text FROM :"conflict".excluded_agency AS x
   UNION ALL
  SELECT 'excluded_ssn', sum(hash_record_extended(ROW(trim(x."SSN")), :'seed'::bigint))::text FROM :"conflict".excluded_ssn AS x
)
SELECT jsonb_build_object(
         'pairs', (SELECT layout FROM tables WHERE name = 'conflictvisitmaps'), 'visits', (SELECT layout FROM tables
             WHERE name = 'factvisitcallperformance_cr'),
         'definition', (SELECT md5(string_agg(t.name || ' ' || t.definition, ';' ORDER BY t.name)) FROM tables AS t),
         'mph', (SELECT content FROM small WHERE name = 'mph'),
         'sources', (SELECT jsonb_object_agg(t.name, concat_ws(' ', t.layout, s.content))
                       FROM tables AS t
                       LEFT JOIN small AS s ON (t.name, s.name) IN (('dimcaregiver', 'excluded_ssn'), ('dimprovider', 'excluded_agency'))
                      WHERE t.name LIKE 'dim%'))
