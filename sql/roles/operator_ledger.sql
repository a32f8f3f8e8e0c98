-- The operator's rights on the ledger, granted by its owner after Initialize-CmEtlDatabase, and again after every upgrade of the ledger.
-- psql -v operator=cm_operator -v ledger=cm_etl -f sql/roles/operator_ledger.sql
\set ON_ERROR_STOP on
GRANT USAGE ON SCHEMA :"ledger" TO :"operator";
GRANT SELECT ON ALL TABLES IN SCHEMA :"ledger" TO :"operator";
GRANT UPDATE ON :"ledger".run, :"ledger".chunk TO :"operator";
GRANT INSERT ON :"ledger".event TO :"operator";
GRANT USAGE ON ALL SEQUENCES IN SCHEMA :"ledger" TO :"operator";
