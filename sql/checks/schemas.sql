-- Schemas that exist but that this role has no USAGE on. A query of their content would fail.
SELECT quote_ident(n.nspname) AS name, quote_ident(current_user) AS role, quote_ident(pg_get_userbyid(n.nspowner)) AS owner
  FROM pg_namespace AS n
 WHERE n.nspname IN (:'conflict_schema', :'analytics_schema', :'ledger_schema') AND NOT has_schema_privilege(n.oid, 'USAGE')
 ORDER BY n.nspname;
