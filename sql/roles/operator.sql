-- The rights of an operator: see the state of runs, stop and abandon them, release the marks of stuck chunks. The role cannot read visits,
-- caregivers or patients. Run this script as a role that owns the tables and the ledger. If they have different owners, each owner runs its
-- own part. Grant-CmEtlRole does the same without psql.
-- psql -v operator=cm_operator -v conflict=conflict -v analytics=analytics -v ledger=cm_etl -f sql/roles/operator.sql
\set ON_ERROR_STOP on
\ir operator_conflict.sql
\ir operator_analytics.sql
\ir operator_ledger.sql
\ir operator_server.sql
