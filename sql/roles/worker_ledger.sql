-- The worker's rights on the ledger, granted by its owner after Initialize-CmEtlDatabase, and again after every upgrade of the ledger.
-- psql -v worker=cm_worker -v ledger=cm_etl -f sql/roles/worker_ledger.sql
\set ON_ERROR_STOP on
GRANT USAGE ON SCHEMA :"ledger" TO :"worker";
GRANT SELECT ON ALL TABLES IN SCHEMA :"ledger" TO :"worker";
GRANT INSERT, UPDATE ON :"ledger".run, :"ledger".chunk TO :"worker";
GRANT INSERT ON :"ledger".event TO :"worker";
GRANT DELETE ON :"ledger".run, :"ledger".event TO :"worker";  -- old history, at the end of a run (history_days)
GRANT USAGE ON ALL SEQUENCES IN SCHEMA :"ledger" TO :"worker";

-- The tables that a delta run fills for the next one and clears again. A ledger that has not been upgraded yet does not have them.
SELECT set_config('cm_etl.role', :'worker', false), set_config('cm_etl.schema', :'ledger', false);
DO $$
BEGIN
  EXECUTE coalesce((
    SELECT format('GRANT INSERT, UPDATE, DELETE ON %s TO %I',
                  string_agg(c.oid::regclass::text, ', '), current_setting('cm_etl.role'))
      FROM pg_class AS c
     WHERE c.relnamespace = to_regnamespace(quote_ident(current_setting('cm_etl.schema')))
       AND c.relname IN ('fingerprint', 'input', 'changed_key')
    HAVING count(*) > 0), 'SELECT 1');
END $$;
