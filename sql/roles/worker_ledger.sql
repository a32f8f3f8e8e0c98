-- The worker's rights on the ledger, granted by its owner after Initialize-CmEtlDatabase, and again after every upgrade of the ledger.
-- psql -v worker=cm_worker -v ledger=cm_etl -f sql/roles/worker_ledger.sql
\set ON_ERROR_STOP on
GRANT USAGE ON SCHEMA :"ledger" TO :"worker";
GRANT SELECT ON ALL TABLES IN SCHEMA :"ledger" TO :"worker";
GRANT INSERT, UPDATE ON :"ledger".run, :"ledger".chunk TO :"worker";
GRANT INSERT ON :"ledger".event TO :"worker";
GRANT DELETE ON :"ledger".run, :"ledger".event TO :"worker";  -- old history, at the end of a run (history_days)
GRANT USAGE ON ALL SEQUENCES IN SCHEMA :"ledger" TO :"worker";
