-- The tables named, in a fixed order: those that LOCK TABLE can lock (it refuses foreign tables and materialized views), and which relations they
-- consist of now. A relation that is replaced by a rename, a partition that is attached or detached, TRUNCATE, CLUSTER and a rewrite by ALTER TABLE change the
-- identity: the relation's number, or that of its file.
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
