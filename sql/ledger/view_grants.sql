-- DROP VIEW drops the owner and the grants too. This query returns the statements that restore both. It runs before the drop, its result
-- after the views were created again.
WITH view AS (
  SELECT c.oid, c.relowner, c.relacl, format('%I.%I', n.nspname, c.relname) AS name
    FROM pg_class AS c
    JOIN pg_namespace AS n ON n.oid = c.relnamespace
   WHERE n.nspname = :'ledger_schema' AND c.relname IN ('chunk_status', 'run_status') AND c.relkind = 'v'
),
acl AS (
  SELECT v.name, NULL::name AS view_column, v.relowner, a.*
    FROM view AS v
   CROSS JOIN LATERAL aclexplode(v.relacl) AS a
  UNION ALL
  SELECT v.name, t.attname, v.relowner, a.*
    FROM view AS v
    JOIN pg_attribute AS t ON t.attrelid = v.oid
   CROSS JOIN LATERAL aclexplode(t.attacl) AS a
),
statement AS (
  SELECT 1 AS place, format('ALTER VIEW %s OWNER TO %I', name, pg_get_userbyid(relowner)) AS text
    FROM view
   WHERE pg_get_userbyid(relowner) <> current_user
  UNION ALL
  SELECT 2, format('GRANT %s ON %s TO %s%s', privilege_type || coalesce(' (' || quote_ident(view_column) || ')', ''), name,
                   CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END,
                   CASE WHEN is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
    FROM acl
   WHERE grantee <> relowner
)
-- A privilege on a column that the view no longer has cannot be restored.
SELECT CASE WHEN text LIKE 'GRANT % (%' THEN format('DO %L', format('BEGIN %s; EXCEPTION WHEN undefined_column THEN NULL; END', text)) ELSE text END
  FROM statement
 ORDER BY place, text;
