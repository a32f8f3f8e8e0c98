-- Only members of pg_read_all_stats can see how far a replica has replayed. A superuser can grant it, and from PostgreSQL 16 on also a role
-- that has it with ADMIN OPTION. The role can also see the statements of other sessions. The engine never reads them.
-- psql -v worker=cm_worker -f sql/roles/worker_server.sql
\set ON_ERROR_STOP on
SELECT set_config('cm_etl.role', :'worker', false);
DO $$
BEGIN
  EXECUTE format('GRANT pg_read_all_stats TO %I', current_setting('cm_etl.role'));
EXCEPTION WHEN insufficient_privilege THEN
  RAISE WARNING 'Runs cannot see how far replicas have replayed and will not back off for them. Ask a superuser to run: GRANT pg_read_all_stats TO %', current_setting('cm_etl.role');
END $$;
