-- The purpose of the connected role, derived from its rights. Asked only when a privilege is missing, so never for a superuser.
SELECT quote_ident(current_user) AS role,
       coalesce(pg_has_role(run.relowner, 'USAGE'), false) AS owns_ledger,
       coalesce(pg_has_role(pair.relowner, 'USAGE'), false) AS owns_tables,
       coalesce(has_schema_privilege(run.relnamespace, 'USAGE') AND has_any_column_privilege(run.oid, 'UPDATE')
                AND NOT has_table_privilege(run.oid, 'INSERT'), false) AS operates
  FROM (SELECT) AS one
  LEFT JOIN (SELECT c.* FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace WHERE n.nspname = :'ledger_schema' AND c.relname = 'run')
       AS run ON true
  LEFT JOIN (SELECT c.* FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
              WHERE n.nspname = :'conflict_schema' AND c.relname = 'conflictvisitmaps') AS pair ON true;
