-- The privileges that the pipeline needs and this role lacks.
SELECT relation, privilege, quote_ident(current_user) AS role,
       (SELECT quote_ident(pg_get_userbyid(c.relowner)) FROM pg_class AS c WHERE c.oid = to_regclass(relation)) AS owner
  FROM (VALUES ('conflict', 'conflictvisitmaps', 'SELECT'), ('conflict', 'conflictvisitmaps', 'UPDATE'), ('conflict', 'conflicts', 'SELECT'),
               ('conflict', 'conflictvisitmaps_temp', 'INSERT'), ('conflict', 'conflictvisitmaps_temp', 'TRUNCATE'),
               ('conflict', 'payer_provider_reminders', 'SELECT'), ('conflict', 'payer_provider_reminders', 'INSERT'),
               ('conflict', 'payer_provider_reminders', 'UPDATE'), ('conflict', 'settings', 'SELECT'), ('conflict', 'settings', 'UPDATE'),
               ('conflict', 'mph', 'SELECT'), ('conflict', 'excluded_agency', 'SELECT'), ('conflict', 'excluded_ssn', 'SELECT'),
               ('analytics', 'factvisitcallperformance_cr', 'SELECT'), ('analytics', 'dimpayerprovider', 'SELECT'),
               ('ledger', 'migration', 'SELECT'), ('ledger', 'run', 'SELECT'), ('ledger', 'run', 'INSERT'), ('ledger', 'run', 'UPDATE'),
               ('ledger', 'chunk', 'SELECT'), ('ledger', 'chunk', 'INSERT'), ('ledger', 'chunk', 'UPDATE'), ('ledger', 'event', 'INSERT'),
               ('ledger', 'fingerprint', 'INSERT'), ('ledger', 'fingerprint', 'DELETE'), ('ledger', 'input', 'INSERT'), ('ledger', 'input', 'UPDATE'),
               ('ledger', 'input', 'DELETE'), ('ledger', 'changed_key', 'INSERT'), ('ledger', 'changed_key', 'DELETE'),
               ('ledger', 'run_status', 'SELECT'), ('ledger', 'chunk_status', 'SELECT')
         UNION ALL
        SELECT 'analytics', d.name, 'SELECT' FROM unnest(:dimensions) AS d (name)
       ) AS needed (room, name, privilege)
 CROSS JOIN LATERAL (SELECT format('%I.%I', CASE room WHEN 'conflict' THEN :'conflict_schema' WHEN 'ledger' THEN :'ledger_schema' ELSE :'analytics_schema' END, name) AS relation) AS r
 WHERE to_regclass(relation) IS NOT NULL
   -- A column grant is enough for UPDATE: least privilege means just the columns that Task 02 writes.
   AND NOT CASE privilege WHEN 'UPDATE' THEN has_any_column_privilege(to_regclass(relation)::oid, privilege)
                          ELSE has_table_privilege(to_regclass(relation)::oid, privilege) END
UNION ALL
SELECT format('DATABASE %I', current_database()), 'TEMPORARY', quote_ident(current_user),
       (SELECT quote_ident(pg_get_userbyid(d.datdba)) FROM pg_database AS d WHERE d.datname = current_database())  -- chunks are staged in temporary tables
 WHERE NOT has_database_privilege(current_database(), 'TEMPORARY')
 ORDER BY relation, privilege;
