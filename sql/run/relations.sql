-- The named tables in a fixed order, as far as LOCK TABLE can lock them (it refuses foreign tables and materialized views), and the
-- relations that they consist of now. The identity is the OID of the relation and of its file. It changes when a relation is replaced by a
-- rename, when a partition is attached or detached, and with TRUNCATE, CLUSTER or a rewrite by ALTER TABLE.
WITH RECURSIVE needed (schema, name) AS (
  SELECT :'conflict_schema'::text, unnest(:'conflict_tables'::text[])
   UNION ALL
  SELECT :'analytics_schema'::text, unnest(:'analytics_tables'::text[])
),
relation AS (
  SELECT n.schema, n.name, c.oid, c.relkind, true AS root
    FROM needed AS n
    JOIN pg_namespace AS s ON s.nspname = n.schema
    JOIN pg_class AS c ON c.relnamespace = s.oid AND c.relname = n.name
   UNION ALL
  SELECT r.schema, r.name, c.oid, c.relkind, false
    FROM relation AS r
    JOIN pg_inherits AS i ON i.inhparent = r.oid
    JOIN pg_class AS c ON c.oid = i.inhrelid
)
SELECT (SELECT string_agg(format('%I.%I', r.schema, r.name), ', ' ORDER BY r.schema, r.name)
          FROM relation AS r WHERE r.root AND r.relkind IN ('r', 'p', 'v')) AS tables,
       (SELECT jsonb_object_agg(format('%s.%s', t.schema, t.name), t.identity)::text
          FROM (SELECT r.schema, r.name, md5(string_agg(concat_ws(':', r.oid, pg_relation_filenode(r.oid)), ',' ORDER BY r.oid)) AS identity
                  FROM relation AS r GROUP BY r.schema, r.name) AS t) AS relations;
