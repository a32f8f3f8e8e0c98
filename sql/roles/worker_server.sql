-- How far a replica has replayed is shown only to members of pg_read_all_stats, which a superuser can grant (in PostgreSQL 16 and newer also a
-- role that has it with ADMIN OPTION). The role shows the statements of other sessions, too; the engine never asks for them.
-- psql -v worker=cm_worker -f sql/roles/worker_server.sql
\set ON_ERROR_STOP on
SELECT set_config('cm_etl.role', :'worker', false);
DO $$
BEGIN
  EXECUTE format('GRANT pg_read_all_stats TO %I', current_setting('cm_etl.role'));
EXCEPTION WHEN insufficient_privilege THEN
  RAISE WARNING 'Runs will not back off for replicas that replay late: a superuser has to GRANT pg_read_all_stats TO %', current_setting('cm_etl.role');
END $$;
