-- Whether a ledger exists, and whether this role may read and change it. The catalog can be read without any privilege on the schema.
SELECT current_user::text AS role, current_database()::text AS database, ledger.oid IS NOT NULL AS present,
       coalesce(has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(ledger.oid, 'SELECT'), false) AS readable,
       -- Null when the role owns everything, directly or by membership.
       (SELECT string_agg(DISTINCT pg_get_userbyid(c.relowner), ', ')
          FROM pg_class AS c
         WHERE c.relnamespace = n.oid AND c.relname IN ('migration', 'run', 'chunk', 'event', 'chunk_status', 'run_status')
           AND NOT pg_has_role(c.relowner, 'USAGE')) AS other_owner,
       CASE WHEN n.oid IS NULL THEN has_database_privilege(current_database(), 'CREATE') ELSE has_schema_privilege(n.oid, 'CREATE') END AS may_create,
       n.oid IS NOT NULL AS has_schema
  FROM (SELECT (SELECT s.oid FROM pg_namespace AS s WHERE s.nspname = :'ledger_schema') AS oid) AS n
  LEFT JOIN pg_class AS ledger ON ledger.relnamespace = n.oid AND ledger.relname = 'migration' AND ledger.relkind = 'r';
