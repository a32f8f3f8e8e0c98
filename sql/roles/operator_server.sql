-- -Force ends the session of a worker, which requires membership in pg_signal_backend. A superuser can grant it, and from PostgreSQL 16 on
-- also a role that has it with ADMIN OPTION.
-- psql -v operator=cm_operator -f sql/roles/operator_server.sql
\set ON_ERROR_STOP on
SELECT set_config('cm_etl.role', :'operator', false);
DO $$
BEGIN
  EXECUTE format('GRANT pg_signal_backend TO %I', current_setting('cm_etl.role'));
EXCEPTION WHEN insufficient_privilege THEN
  RAISE WARNING 'Stop-CmEtl -Force and Reset-CmStuckRows -Force cannot end sessions of workers. Ask a superuser to run: GRANT pg_signal_backend TO %', current_setting('cm_etl.role');
END $$;
