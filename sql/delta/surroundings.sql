-- :surroundings: what can change although no row of a dimension changes: the relations and columns of all tables that a chunk reads, and
-- the content of the small tables (mph and the exclusions). "sources" has one text per dimension. While it is the same, a row version of
-- the dimension has the same meaning. "definition" consists of names, types and collations, without the OIDs that differ in a restored
-- database.
WITH RECURSIVE needed (schema, name) AS (
  SELECT :'conflict_schema'::text, t.name FROM unnest(ARRAY['conflictvisitmaps', 'mph', 'excluded_agency', 'excluded_ssn']) AS t (name)
   UNION ALL
  SELECT :'analytics_schema'::text, t.name
    FROM unnest(array_append(:dimensions, 'factvisitcallperformance_cr')) AS t (name)
),
relation AS (  -- with their partitions: attaching or swapping in a partition adds rows that are already old
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
         -- attmissingval: a column that was added with a default has that value in rows that have not been written since.
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
         'pairs', (SELECT layout FROM tables WHERE name = 'conflictvisitmaps'),
         'visits', (SELECT layout FROM tables WHERE name = 'factvisitcallperformance_cr'),
         'definition', (SELECT md5(string_agg(t.name || ' ' || t.definition, ';' ORDER BY t.name)) FROM tables AS t),
         'mph', (SELECT content FROM small WHERE name = 'mph'),
         'sources', (SELECT jsonb_object_agg(t.name, concat_ws(' ', t.layout, s.content))
                       FROM tables AS t
                       -- The exclusions decide which rows of these two dimensions Task 02 can find.
                       LEFT JOIN small AS s ON (t.name, s.name) IN (('dimcaregiver', 'excluded_ssn'), ('dimprovider', 'excluded_agency'))
                      WHERE t.name = ANY (:dimensions)))
