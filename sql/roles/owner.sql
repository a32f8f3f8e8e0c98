-- The rights that the role which runs Initialize-CmEtlDatabase needs: it creates the schema of the ledger and owns it. Granted by the owner
-- of the database. The recommended indexes (-Indexes) can only be created by the owner of their tables.
-- psql -v owner=cm_owner -f sql/roles/owner.sql
\set ON_ERROR_STOP on
SELECT set_config('cm_etl.role', :'owner', false);
DO $$
BEGIN
  EXECUTE format('GRANT CREATE ON DATABASE %I TO %I', current_database(), current_setting('cm_etl.role'));
END $$;
